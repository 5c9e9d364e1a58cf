/* Where leaks are not looked for: in a child, which only forgets what it inherited of a client, and where no
 * thread can be made that looks. Nothing, unless under such a tool (tests/common/under.rs). */
#ifndef LEAKS_H
#define LEAKS_H

#ifdef UNDER_ASAN
#include <sys/resource.h>
#include <unistd.h>

static pid_t leaks_process;

__attribute__((constructor)) static void leaks_remember(void)
{
    leaks_process = getpid();
}

#ifdef __cplusplus
extern "C"
#endif
    int
    __lsan_is_turned_off(void);

int __lsan_is_turned_off(void)
{
    struct rlimit threads;

    return getpid() != leaks_process || getrlimit(RLIMIT_NPROC, &threads) != 0 || threads.rlim_cur == 0;
}
#endif

#ifdef UNDER_VALGRIND
#include <pthread.h>
#include <valgrind/valgrind.h>

static void leaks_in_child(void)
{
    VALGRIND_CLO_CHANGE("--leak-check=no");
}

__attribute__((constructor)) static void leaks_remember(void)
{
    pthread_atfork(NULL, NULL, leaks_in_child);
}
#endif

#endif
