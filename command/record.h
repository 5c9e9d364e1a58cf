/* Shows a record. */
#ifndef RECORD_H
#define RECORD_H

#include "options.h"

#include <b2handle.h>

/* Shows all values, by options for people, as JSON, or as bare "index TAB type TAB data". */
void record_show(const struct options *options, const char *handle, const b2h_record *record);

/* The values as a member of the JSON object that is open. */
void record_json(const b2h_record *record);

/* The bare data of a value. */
void value_show(const b2h_value *value);

#endif
