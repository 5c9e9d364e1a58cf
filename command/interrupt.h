/* Control-C during a call: the call ends and tells whether a change is in doubt, and then the program ends.
 */
#ifndef INTERRUPT_H
#define INTERRUPT_H

#include <b2handle.h>

/* Watches for SIGINT and SIGTERM; the token is for the calls. NULL where there is none. A second signal ends
 * at once. */
const b2h_cancel *interrupt_watch(void);
int interrupt_came(void);
/* Ends as the signal would have, if one came. */
void interrupt_end(void);

#endif
