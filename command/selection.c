#include "selection.h"

#include <stdlib.h>
#include <string.h>

/* The index that the text names; 0 for a type. */
static uint32_t index_of(const char *text)
{
    size_t length = strspn(text, "0123456789");
    unsigned long long number = text[length] == '\0' && length <= 10 ? strtoull(text, NULL, 10) : 0;

    return number <= INT32_MAX ? (uint32_t)number : 0;
}

int selection_read(struct selection *selection, int argc, char **argv)
{
    int at;

    memset(selection, 0, sizeof *selection);
    selection->types = calloc((size_t)argc + 1, sizeof *selection->types);
    selection->indexes = calloc((size_t)argc + 1, sizeof *selection->indexes);
    if (selection->types == NULL || selection->indexes == NULL) {
        selection_free(selection);
        return 0;
    }
    for (at = 0; at < argc; at++) {
        uint32_t index = index_of(argv[at]);

        if (index != 0)
            selection->indexes[selection->index_count++] = index;
        else
            selection->types[selection->type_count++] = argv[at];
    }
    return 1;
}

void selection_free(struct selection *selection)
{
    free(selection->types);
    free(selection->indexes);
    memset(selection, 0, sizeof *selection);
}
