/* The subcommands. Each is given its operands, and returns the exit status. */
#ifndef SUBCOMMANDS_H
#define SUBCOMMANDS_H

#include "session.h"

int run_check(struct session *session, int argc, char **argv);
int run_get(struct session *session, int argc, char **argv);
int run_register(struct session *session, int argc, char **argv);
int run_modify(struct session *session, int argc, char **argv);
int run_unset(struct session *session, int argc, char **argv);
int run_delete(struct session *session, int argc, char **argv);
int run_loc(struct session *session, int argc, char **argv);
int run_search(struct session *session, int argc, char **argv);
int run_list(struct session *session, int argc, char **argv);
int run_mint(struct session *session, int argc, char **argv);
int run_key(struct session *session, int argc, char **argv);

#endif
