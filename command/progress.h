/* A progress bar on standard error, while a long work is done on a terminal. */
#ifndef PROGRESS_H
#define PROGRESS_H

#include <stddef.h>

/* Begins; total_bytes is the size of the input, 0 if nobody knows. Nothing shows unless standard error is a
 * terminal. */
void progress_begin(size_t total_bytes);
/* So many Handles and bytes of the input more are done. */
void progress_step(size_t handles, size_t bytes);
/* Takes the bar away, so that a line can be written. */
void progress_clear(void);
void progress_end(void);

#endif
