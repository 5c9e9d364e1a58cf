/*
 * Starts a program again and again, each time when the last one has ended, and measures that.
 *
 *     repeat TIMES PROGRAM [ARGUMENT ...]
 */
#include "measure.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

int main(int argc, char **argv)
{
    posix_spawn_file_actions_t quietly;
    unsigned long times;
    int status;
    pid_t pid;

    REQUIRE(argc > 2);
    times = strtoul(argv[1], NULL, 10);
    REQUIRE(posix_spawn_file_actions_init(&quietly) == 0);
    REQUIRE(posix_spawn_file_actions_addopen(&quietly, STDOUT_FILENO, "/dev/null", O_WRONLY, 0) == 0);
    measure_from_here(RUSAGE_CHILDREN);
    for (; times > 0; times--) {
        REQUIRE(posix_spawn(&pid, argv[2], &quietly, NULL, argv + 2, environ) == 0);
        REQUIRE(waitpid(pid, &status, 0) == pid);
        REQUIRE(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    }
    measured_until_here(RUSAGE_CHILDREN);
    posix_spawn_file_actions_destroy(&quietly);
    return 0;
}
