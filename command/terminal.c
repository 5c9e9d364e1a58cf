#include "terminal.h"
#include "progress.h"
#include "text.h"

#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <strings.h>
#include <termios.h>
#include <unistd.h>

/* Those that end or stop a program from the terminal, which must have its echo back then. */
static const int SIGNALS[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP};
enum { SIGNAL_COUNT = 5 };

static volatile sig_atomic_t caught;

static void note(int number)
{
    caught = number;
}

void wipe(void *bytes, size_t length)
{
    volatile unsigned char *byte = bytes;

    while (length-- > 0)
        *byte++ = 0;
}

/* Reads a line byte by byte, so that nothing stays in a buffer of stdio. Returns its length, or -1. */
static int32_t read_line(int terminal, char *buffer, size_t size)
{
    size_t length = 0;
    char byte;

    while (read(terminal, &byte, 1) == 1 && byte != '\n') {
        /* A line that is too long is read to its end, so that the rest is no answer to something else. */
        if (length < size)
            buffer[length] = byte;
        length++;
    }
    return caught != 0 || length > size ? -1 : (int32_t)length;
}

int32_t ask_passphrase(const char *what, const char *of, char *buffer, size_t size)
{
    struct sigaction action, before[SIGNAL_COUNT];
    struct termios shown, hidden;
    int terminal = open("/dev/tty", O_RDWR | O_CLOEXEC), at;
    FILE *to;
    int32_t length;

    if (terminal < 0 || tcgetattr(terminal, &shown) != 0) {
        if (terminal >= 0)
            close(terminal);
        return -1;
    }
    progress_clear();
    caught = 0;
    memset(&action, 0, sizeof action);
    action.sa_handler = note; /* without SA_RESTART: read() ends */
    for (at = 0; at < SIGNAL_COUNT; at++)
        sigaction(SIGNALS[at], &action, &before[at]);
    hidden = shown;
    hidden.c_lflag &= ~(tcflag_t)ECHO;
    tcsetattr(terminal, TCSAFLUSH, &hidden);

    if ((to = fdopen(dup(terminal), "w")) != NULL) {
        fprintf(to, "%s ", what);
        put_visible(to, of);
        fputs(": ", to);
        fclose(to);
    }
    length = read_line(terminal, buffer, size);
    if (write(terminal, "\n", 1) != 1)
        length = -1;

    tcsetattr(terminal, TCSAFLUSH, &shown);
    for (at = 0; at < SIGNAL_COUNT; at++)
        sigaction(SIGNALS[at], &before[at], NULL);
    close(terminal);
    if (caught != 0)
        raise(caught);
    return length;
}

int confirm(const char *question, const char *handle)
{
    char line[64];

    progress_clear();
    fprintf(stderr, "%s ", question);
    put_visible(stderr, handle);
    fputs("? [y/N] ", stderr);
    if (fgets(line, sizeof line, stdin) == NULL)
        return 0;
    return strcasecmp(line, "y\n") == 0 || strcasecmp(line, "yes\n") == 0;
}
