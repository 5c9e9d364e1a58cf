/*
 * Makes calls of libb2handle_irods as a microservice would: op [WHO...] OPERATION ARGUMENT... [-- OPERATION
 * ...], one agent for all of them. Prints what became of each call, and fails where a rule of the interface
 * is broken.
 *
 * WHO: --admin, --user NAME (alice), --zone NAME (tempZone), --group NAME, --access LEVEL:PATH, --gone PATH,
 * --id DIGIT:PATH, --fork (each call in a child of its own).
 */
#include "../../irods/include/b2handle_irods.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define MOST 16

struct world {
    const char *groups[MOST], *access[MOST], *gone[MOST], *ids[MOST];
    int group_count, access_count, gone_count, id_count;
    int told, logged;
    int32_t told_code;
};

/* One line for each text. */
static void print(const char *key, const char *text)
{
    printf("%s=", key);
    for (; *text != 0; text++)
        putchar(*text == '\n' ? ' ' : *text);
    putchar('\n');
}

static int32_t is_in_group(void *context, const char *group)
{
    const struct world *world = context;
    for (int i = 0; i < world->group_count; i++)
        if (strcmp(world->groups[i], group) == 0)
            return 1;
    return 0;
}

static int32_t object_access(void *context, const char *path, int32_t level)
{
    const struct world *world = context;
    printf("asked=%d:%s\n", level, path);
    for (int i = 0; i < world->gone_count; i++)
        if (strcmp(world->gone[i], path) == 0)
            return B2H_IRODS_DOES_NOT_EXIST;
    for (int i = 0; i < world->access_count; i++)
        if (strcmp(world->access[i] + 2, path) == 0)
            return world->access[i][0] - '0' >= level;
    return 0;
}

static int32_t object_id(void *context, const char *path, char *id, size_t size)
{
    const struct world *world = context;
    for (int i = 0; i < world->id_count; i++)
        if (strcmp(world->ids[i] + 2, path) == 0) {
            snprintf(id, size, "%c", world->ids[i][0]);
            return 1;
        }
    return B2H_IRODS_DOES_NOT_EXIST;
}

static void take_log(void *context, int32_t level, const char *text)
{
    struct world *world = context;
    world->logged += level == B2H_IRODS_LOG_ERROR;
    print(level == B2H_IRODS_LOG_ERROR ? "error" : level == B2H_IRODS_LOG_WARNING ? "warning" : "info", text);
}

static void tell(void *context, int32_t code, const char *text)
{
    struct world *world = context;
    world->told++;
    world->told_code = code;
    print("told", text);
}

static const char *at(int argc, char **argv, int nth)
{
    if (nth >= argc)
        return NULL;
    return strcmp(argv[nth], "NULL") == 0 ? NULL : argv[nth];
}

static int call(b2h_irods_caller *caller, int argc, char **argv)
{
    struct world *world = caller->context;
    const char *what = argv[0], *first = at(argc, argv, 1), *second = at(argc, argv, 2);
    char name[64] = "msiB2h", *out = (char *)"untouched";
    int has_output = 1;
    int32_t code;
    snprintf(name, sizeof name, "msiB2h%c%s", what[0] - 'a' + 'A', what + 1);
    caller->microservice = name;
    world->told = world->logged = 0;
    if (strcmp(what, "register") == 0)
        code = b2h_irods_register(caller, first, second, &out);
    else if (strcmp(what, "get") == 0)
        code = b2h_irods_get(caller, first, second, &out);
    else if (strcmp(what, "search") == 0)
        code = b2h_irods_search(caller, first, &out);
    else if (strcmp(what, "move") == 0)
        code = b2h_irods_move(caller, first, second, &out);
    else if (strcmp(what, "check") == 0)
        code = b2h_irods_check(caller, &out);
    else {
        has_output = 0;
        if (strcmp(what, "modify") == 0)
            code = b2h_irods_modify(caller, first, second);
        else if (strcmp(what, "unset") == 0)
            code = b2h_irods_unset(caller, first, second);
        else if (strcmp(what, "delete") == 0)
            code = b2h_irods_delete(caller, first);
        else
            return 2;
    }
    printf("code=%d\n", code);
    if (has_output && code == 0)
        print("out", out);
    /* Nothing but a negative code is a failure; it is told once, with its own code, and in the log. */
    if (code > 0 || world->told != (code != 0) ||
        (code != 0 && (world->told_code != code || world->logged < 1)))
        return 3;
    if (has_output && (code == 0) != (out != NULL))
        return 4;
    if (has_output)
        b2h_irods_free(out);
    printf("end\n");
    return 0;
}

int main(int argc, char **argv)
{
    struct world world = {0};
    b2h_irods_caller caller = B2H_IRODS_CALLER_INIT;
    int i = 1, forking = 0;
    caller.user_name = "alice";
    caller.user_zone = "tempZone";
    caller.context = &world;
    caller.is_in_group = is_in_group;
    caller.object_access = object_access;
    caller.object_id = object_id;
    caller.log = take_log;
    caller.tell = tell;
    for (; i < argc && strncmp(argv[i], "--", 2) == 0; i++) {
        if (strcmp(argv[i], "--admin") == 0)
            caller.is_admin = 1;
        else if (strcmp(argv[i], "--fork") == 0)
            forking = 1;
        else if (strcmp(argv[i], "--user") == 0)
            caller.user_name = argv[++i];
        else if (strcmp(argv[i], "--zone") == 0)
            caller.user_zone = argv[++i];
        else if (strcmp(argv[i], "--group") == 0)
            world.groups[world.group_count++] = argv[++i];
        else if (strcmp(argv[i], "--access") == 0)
            world.access[world.access_count++] = argv[++i];
        else if (strcmp(argv[i], "--id") == 0)
            world.ids[world.id_count++] = argv[++i];
        else if (strcmp(argv[i], "--gone") == 0)
            world.gone[world.gone_count++] = argv[++i];
        else
            return 2;
    }
    while (i < argc) {
        int end = i, failed = 0;
        while (end < argc && strcmp(argv[end], "--") != 0)
            end++;
        if (forking) {
            int status = 0;
            fflush(stdout);
            const pid_t child = fork();
            if (child == 0)
                exit(call(&caller, end - i, argv + i));
            waitpid(child, &status, 0);
            failed = WIFEXITED(status) ? WEXITSTATUS(status) : 9;
        } else {
            failed = call(&caller, end - i, argv + i);
        }
        if (failed != 0)
            return failed;
        i = end + 1;
    }
    return 0;
}
