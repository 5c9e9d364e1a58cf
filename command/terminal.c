#include "terminal.h"
#include "interrupt.h"
#include "progress.h"
#include "text.h"

#include <fcntl.h>
#include <poll.h>
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
static int32_t read_line(int terminal, const sigset_t *mask, char *buffer, size_t size)
{
    struct pollfd ready = {terminal, POLLIN, 0};
    size_t length = 0;
    char byte;

    /* Signals come while it waits, and at no other time, so that none is missed. */
    while (ppoll(&ready, 1, NULL, mask) == 1 && read(terminal, &byte, 1) == 1 && byte != '\n') {
        /* A line that is too long is read to its end, so that the rest is no answer to something else. */
        if (length < size)
            buffer[length] = byte;
        length++;
    }
    return caught != 0 || length > size ? -1 : (int32_t)length;
}

/* Catches signals, and blocks them; tells how it was before. */
static void catch_signals(struct sigaction *before, sigset_t *mask)
{
    struct sigaction action;
    sigset_t blocked;
    int at;

    caught = 0;
    memset(&action, 0, sizeof action);
    action.sa_handler = note;
    sigemptyset(&blocked);
    for (at = 0; at < SIGNAL_COUNT; at++)
        sigaddset(&blocked, SIGNALS[at]);
    sigprocmask(SIG_BLOCK, &blocked, mask);
    for (at = 0; at < SIGNAL_COUNT; at++) {
        sigaction(SIGNALS[at], NULL, &before[at]);
        if (before[at].sa_handler != SIG_IGN)
            sigaction(SIGNALS[at], &action, NULL);
    }
}

static void prompt(int terminal, const char *what, const char *of)
{
    FILE *to = fdopen(dup(terminal), "w");

    if (to == NULL)
        return;
    fprintf(to, "%s ", what);
    put_visible(to, of);
    fputs(": ", to);
    fclose(to);
}

/* Asks once. A signal that comes meanwhile is passed on when all is as before. */
static int32_t ask(int terminal, const struct termios *shown, const char *what, const char *of, char *buffer,
                   size_t size)
{
    struct sigaction before[SIGNAL_COUNT];
    struct termios hidden = *shown;
    sigset_t mask;
    int32_t length;
    int at;

    catch_signals(before, &mask);
    /* Who has just interrupted the program is asked nothing. */
    if (interrupt_came()) {
        length = -1;
    } else {
        hidden.c_lflag &= ~(tcflag_t)ECHO;
        tcsetattr(terminal, TCSAFLUSH, &hidden);
        prompt(terminal, what, of);
        length = read_line(terminal, &mask, buffer, size);
        if (write(terminal, "\n", 1) != 1)
            length = -1;
        tcsetattr(terminal, TCSAFLUSH, shown);
    }
    sigprocmask(SIG_SETMASK, &mask, NULL);
    for (at = 0; at < SIGNAL_COUNT; at++)
        sigaction(SIGNALS[at], &before[at], NULL);
    if (caught != 0)
        raise(caught);
    return length;
}

int32_t ask_passphrase(const char *what, const char *of, char *buffer, size_t size)
{
    int terminal = open("/dev/tty", O_RDWR | O_CLOEXEC);
    struct termios shown;
    int32_t length;

    if (terminal < 0 || tcgetattr(terminal, &shown) != 0) {
        if (terminal >= 0)
            close(terminal);
        return -1;
    }
    progress_clear();
    do
        length = ask(terminal, &shown, what, of, buffer, size);
    while (caught == SIGTSTP); /* and continued */
    close(terminal);
    return length;
}

int confirm(const char *question, const char *handle)
{
    char line[64];

    progress_clear();
    fprintf(stderr, "%s ", question);
    put_visible(stderr, handle);
    fputs("? [y/N] ", stderr);
    fflush(stderr);
    if (interrupt_came() || fgets(line, sizeof line, stdin) == NULL)
        return 0;
    return strcasecmp(line, "y\n") == 0 || strcasecmp(line, "yes\n") == 0;
}
