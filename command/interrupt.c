#include "interrupt.h"

#include <signal.h>
#include <string.h>

static b2h_cancel *token;
static volatile sig_atomic_t came;

static void cancel(int number)
{
    came = number;
    b2h_cancel_trigger(token);
}

const b2h_cancel *interrupt_watch(void)
{
    struct sigaction action;

    if (b2h_cancel_new(&token, NULL) != B2H_OK)
        return NULL;
    memset(&action, 0, sizeof action);
    action.sa_handler = cancel;
    /* Without SA_RESTART: who reads standard input stops. */
    action.sa_flags = (int)SA_RESETHAND;
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    return token;
}

int interrupt_came(void)
{
    return came != 0;
}

void interrupt_end(void)
{
    signal(SIGINT, SIG_DFL);
    signal(SIGTERM, SIG_DFL);
    b2h_cancel_free(token);
    token = NULL;
    if (came != 0)
        raise(came);
}
