/* Questions to whoever sits at the terminal. */
#ifndef TERMINAL_H
#define TERMINAL_H

#include <stddef.h>
#include <stdint.h>

/*
 * Asks "what of: " on the terminal, and reads a line without showing it. Returns its length without the line
 * end; -1 where there is no terminal, the line does not fit, or a signal came. Asks again after it was
 * stopped.
 */
int32_t ask_passphrase(const char *what, const char *of, char *buffer, size_t size);

/* Whether "y" or "yes" is the answer. */
int confirm(const char *question, const char *handle);

/* Overwrites what must not stay in memory. */
void wipe(void *bytes, size_t length);

#endif
