#include "input.h"
#include "interrupt.h"
#include "progress.h"
#include "report.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int reads_handles(int argc, char **argv)
{
    return argc > 0 ? strcmp(argv[0], "-") == 0 : !isatty(STDIN_FILENO);
}

/* Takes the line end away, and nothing else: a name may end with a space. */
static void trim(char *line, size_t *length)
{
    while (*length > 0 && (line[*length - 1] == '\n' || line[*length - 1] == '\r'))
        (*length)--;
    line[*length] = '\0';
}

/* The beginning of the first line past a byte order mark, which some editors write before UTF-8. */
static char *skip_mark(char *line, size_t *length)
{
    static const char mark[] = "\xef\xbb\xbf";

    if (*length < sizeof mark - 1 || memcmp(line, mark, sizeof mark - 1) != 0)
        return line;
    *length -= sizeof mark - 1;
    return line + sizeof mark - 1;
}

static int is_blank(const char *line, size_t length)
{
    return strspn(line, " \t") == length;
}

/*
 * Splits a line into operands, which point into it, and appends those of the command line. Only tabs
 * separate: names may have spaces, and what list prints can be read here.
 */
static char **operands_of(char *line, int argc, char **argv, int *count)
{
    size_t most = strlen(line) / 2 + 2 + (size_t)argc;
    char **operands = calloc(most, sizeof *operands), *rest = NULL, *field;
    int at;

    *count = 0;
    if (operands == NULL)
        return NULL;
    for (field = strtok_r(line, "\t", &rest); field != NULL; field = strtok_r(NULL, "\t", &rest))
        operands[(*count)++] = field;
    for (at = 0; at < argc; at++)
        operands[(*count)++] = argv[at];
    return operands;
}

/* Does the action for one line. Returns the exit status. */
static int on_line(struct session *session, char *line, size_t length, int argc, char **argv,
                   handle_action action)
{
    char **operands;
    int count, status;

    if (strlen(line) != length)
        return fail_with(session->options, line, B2H_INVALID_HANDLE, "A line has a NUL byte after %s.", line);
    operands = operands_of(line, argc, argv, &count);
    if (operands == NULL)
        return fail_with(session->options, line, B2H_NO_RESOURCES, "There is no memory left.");
    status = action(session, count, operands);
    free(operands);
    return status;
}

static size_t input_size(void)
{
    struct stat input;

    return fstat(STDIN_FILENO, &input) == 0 && S_ISREG(input.st_mode) && input.st_size > 0
               ? (size_t)input.st_size
               : 0;
}

static int for_each_line(struct session *session, int argc, char **argv, handle_action action)
{
    char *line = NULL;
    size_t room = 0;
    ssize_t read;
    int status = DONE, is_first = 1;

    if (!session->options->quiet)
        progress_begin(input_size());
    while ((read = getline(&line, &room, stdin)) != -1) {
        size_t length = (size_t)read;
        char *begin = line;
        int is_empty;

        trim(line, &length);
        if (is_first)
            begin = skip_mark(line, &length);
        is_first = 0;
        is_empty = is_blank(begin, length);
        if (!is_empty && on_line(session, begin, length, argc, argv, action) != DONE)
            status = SOME_FAILED;
        if (flush_output() != DONE)
            status = FAILED;
        progress_step(!is_empty, (size_t)read);
        if (status == FAILED || interrupt_came())
            break;
    }
    progress_end();
    if (ferror(stdin) && !interrupt_came())
        status = fail_with(session->options, NULL, B2H_INVALID_ARGUMENT, "Standard input cannot be read: %s.",
                           strerror(errno));
    free(line);
    return status;
}

int for_each_handle(struct session *session, int argc, char **argv, handle_action action)
{
    if (reads_handles(argc, argv))
        return for_each_line(session, argc > 0 ? argc - 1 : 0, argv + (argc > 0), action);
    if (argc == 0)
        return wrong_usage(session->options, "which Handle is meant");
    return action(session, argc, argv);
}

/* Returns NULL where there is no memory, or reading fails. */
static char *read_all(FILE *from)
{
    size_t room = 1 << 16, length = 0, more;
    char *content = malloc(room), *larger;

    while (content != NULL && (more = fread(content + length, 1, room - length - 1, from)) > 0) {
        length += more;
        if (length < room - 1)
            continue;
        larger = realloc(content, room *= 2);
        if (larger == NULL)
            free(content);
        content = larger;
    }
    if (content == NULL || ferror(from)) {
        free(content);
        return NULL;
    }
    content[length] = '\0';
    return content;
}

char *read_file(const struct options *options, const char *path, int *status)
{
    int is_input = strcmp(path, "-") == 0;
    FILE *from = is_input ? stdin : fopen(path, "re");
    char *content = from != NULL ? read_all(from) : NULL;

    if (content == NULL)
        *status =
            fail_with(options, NULL, B2H_INVALID_ARGUMENT, "%s cannot be read: %s.", path, strerror(errno));
    if (from != NULL && !is_input)
        fclose(from);
    return content;
}
