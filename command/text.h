/* Text of others on a terminal. */
#ifndef TEXT_H
#define TEXT_H

#include <stddef.h>
#include <stdio.h>

/* How many bytes the UTF-8 character at the start of the text has; 0 where there is none. */
size_t utf8_length(const char *text);

/* Writes text so that it stays on its line and commands no terminal: control characters are written as \xNN.
 */
void put_visible(FILE *to, const char *text);

/* Writes text as it is for files and pipes, else visibly. */
void put_plain(FILE *to, const char *text);

#endif
