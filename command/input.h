/* One Handle from the command line, or many from standard input. */
#ifndef INPUT_H
#define INPUT_H

#include "session.h"

/* Works on one Handle, argv[0]; the other operands follow. Returns the exit status. */
typedef int (*handle_action)(struct session *session, int argc, char **argv);

/* Whether standard input says which Handles are meant: "-", or no operand and no terminal. */
int reads_handles(int argc, char **argv);

/*
 * Has the action done for the Handle in the operands; or for each line of standard input, which begins with a
 * Handle and may go on with more operands, that come before those of the command line. Goes on after a
 * failure. Returns the exit status.
 */
int for_each_handle(struct session *session, int argc, char **argv, handle_action action);

/* The content of a file, "-" for standard input, to be freed with free(); NULL after a failure, which is
 * told. */
char *read_file(const struct options *options, const char *path, int *status);

#endif
