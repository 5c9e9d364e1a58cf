/* JSON on standard output: one object per line. Commas come by themselves. */
#ifndef JSON_H
#define JSON_H

#include <stddef.h>
#include <stdint.h>

void json_open(char bracket);
void json_close(char bracket);
/* Ends the object and the line. */
void json_end(void);

void json_key(const char *key);
/* NULL is null. Bytes that are not UTF-8 become U+FFFD. */
void json_text(const char *text);
void json_number(int64_t number);
void json_bool(int is_true);
/* JSON that somebody else wrote. */
void json_embed(const char *json);
void json_base64(const uint8_t *bytes, size_t length);

/* A member with a text. */
void json_member(const char *key, const char *text);

#endif
