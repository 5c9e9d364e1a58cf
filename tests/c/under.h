/* What tools need that programs run under (tests/common/under.rs); nothing otherwise. They do not look for
 * leaks in a child, which only forgets what it inherited of a client, where no thread can be made that looks,
 * and with LEAKS_ON_PURPOSE. */
#ifndef UNDER_H
#define UNDER_H

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

#ifdef LEAKS_ON_PURPOSE
    return 1;
#endif
    return getpid() != leaks_process || getrlimit(RLIMIT_NPROC, &threads) != 0 || threads.rlim_cur == 0;
}
#endif

#ifdef UNDER_VALGRIND
#include <pthread.h>
#include <valgrind/valgrind.h>

static void leaks_are_none(void)
{
    VALGRIND_CLO_CHANGE("--leak-check=no");
}

__attribute__((constructor)) static void leaks_remember(void)
{
    pthread_atfork(NULL, NULL, leaks_are_none);
#ifdef LEAKS_ON_PURPOSE
    leaks_are_none();
#endif
}
#endif

#ifdef UNDER_TSAN
#include <pthread.h>

static void *under_nothing(void *unused)
{
    return unused;
}

/* With the first thread of a program comes one of the tool: before anybody looks which there are. */
__attribute__((constructor)) static void under_begin(void)
{
    pthread_t thread;

    if (pthread_create(&thread, NULL, under_nothing, NULL) == 0)
        pthread_join(thread, NULL);
}
#endif

#endif
