/* What the programs with libcurl and cJSON share, as somebody would write them who knows both well. */
#ifndef CURL_H
#define CURL_H

#include "measure.h"

#include <cjson/cJSON.h>
#include <curl/curl.h>
#include <string.h>

/* What the credentials say. */
struct server {
    char *url;
    /* The authorities that are trusted. */
    char *authorities;
};

/* A body, kept from one reply to the next. */
struct body {
    char *bytes;
    size_t length, room;
};

static inline char *file(const char *path)
{
    FILE *stream = fopen(path, "rb");
    char *text;
    long size;

    REQUIRE(stream != NULL && fseek(stream, 0, SEEK_END) == 0);
    size = ftell(stream);
    rewind(stream);
    text = malloc((size_t)size + 1);
    REQUIRE(text != NULL && fread(text, 1, (size_t)size, stream) == (size_t)size);
    text[size] = '\0';
    fclose(stream);
    return text;
}

static inline struct server server_of(const char *credentials)
{
    struct server server;
    char *text = file(credentials);
    cJSON *json = cJSON_Parse(text);
    const cJSON *verify = cJSON_GetObjectItemCaseSensitive(json, "HTTPS_verify");

    server.url = strdup(cJSON_GetObjectItemCaseSensitive(json, "handle_server_url")->valuestring);
    server.authorities = strdup(cJSON_IsString(verify) ? verify->valuestring : getenv("SSL_CERT_FILE"));
    cJSON_Delete(json);
    free(text);
    return server;
}

static inline size_t append(char *data, size_t size, size_t count, void *to)
{
    struct body *body = to;
    size_t length = size * count;

    if (body->length + length > body->room) {
        body->room = 2 * (body->length + length);
        body->bytes = realloc(body->bytes, body->room);
        REQUIRE(body->bytes != NULL);
    }
    memcpy(body->bytes + body->length, data, length);
    body->length += length;
    return length;
}

/* Nothing that a program for Handles needs is left out, and nothing is switched on that it does not need. */
static inline CURL *easy_for(const struct server *server, struct body *body)
{
    CURL *easy = curl_easy_init();

    REQUIRE(easy != NULL);
    curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, append);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, body);
    curl_easy_setopt(easy, CURLOPT_PRIVATE, body);
    curl_easy_setopt(easy, CURLOPT_CAINFO, server->authorities);
    curl_easy_setopt(easy, CURLOPT_CAPATH, NULL);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, 10000L);
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, 30000L);
    return easy;
}

/* Where the record of the nth Handle is, or with a query values of it. */
static inline void point_at(CURL *easy, const struct server *server, size_t nth, const char *query)
{
    char url[1024];

    snprintf(url, sizeof url, "%s/api/handles/" HANDLE_FORMAT "%s", server->url, nth, query);
    curl_easy_setopt(easy, CURLOPT_URL, url);
}

/* The text of the first URL in a reply, to be freed. */
static inline char *url_in(CURL *easy, const struct body *body)
{
    const cJSON *code, *value, *data;
    char *url = NULL;
    long status = 0;
    cJSON *json;

    curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
    json = cJSON_ParseWithLength(body->bytes, body->length);
    code = cJSON_GetObjectItemCaseSensitive(json, "responseCode");
    REQUIRE(status == 200 && cJSON_IsNumber(code) && code->valueint == 1);
    cJSON_ArrayForEach(value, cJSON_GetObjectItemCaseSensitive(json, "values"))
    {
        const char *type = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(value, "type"));
        if (type == NULL || strcmp(type, "URL") != 0)
            continue;
        data = cJSON_GetObjectItemCaseSensitive(value, "data");
        url = strdup(cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(data, "value")));
        break;
    }
    cJSON_Delete(json);
    REQUIRE(url != NULL && url[0] == 'h');
    return url;
}

#endif
