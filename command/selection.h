/* Operands that name values: types, and indexes in digits. */
#ifndef SELECTION_H
#define SELECTION_H

#include <stddef.h>
#include <stdint.h>

struct selection {
    const char **types;
    uint32_t *indexes;
    size_t type_count, index_count;
};

/* Returns 0 where there is no memory. */
int selection_read(struct selection *selection, int argc, char **argv);
void selection_free(struct selection *selection);

#endif
