#include "interrupt.h"

#include <signal.h>
#include <string.h>

static const int SIGNALS[] = {SIGINT, SIGTERM};
enum { SIGNAL_COUNT = 2 };

static b2h_cancel *token;
static struct sigaction before[SIGNAL_COUNT];
static volatile sig_atomic_t came;

static void cancel(int number)
{
    came = number;
    b2h_cancel_trigger(token);
}

const b2h_cancel *interrupt_watch(void)
{
    struct sigaction action;
    int at;

    if (b2h_cancel_new(&token, NULL) != B2H_OK)
        return NULL;
    memset(&action, 0, sizeof action);
    action.sa_handler = cancel;
    /* Without SA_RESTART: who reads standard input stops. */
    action.sa_flags = (int)SA_RESETHAND;
    for (at = 0; at < SIGNAL_COUNT; at++) {
        sigaction(SIGNALS[at], NULL, &before[at]);
        /* Ignored in the background of a script, and where somebody wants it so: that stays. */
        if (before[at].sa_handler != SIG_IGN)
            sigaction(SIGNALS[at], &action, NULL);
    }
    return token;
}

int interrupt_came(void)
{
    return came != 0;
}

void interrupt_end(void)
{
    int at;

    if (token == NULL)
        return;
    for (at = 0; at < SIGNAL_COUNT; at++)
        sigaction(SIGNALS[at], &before[at], NULL);
    b2h_cancel_free(token);
    token = NULL;
    if (came != 0)
        raise(came);
}
