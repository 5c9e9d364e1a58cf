/*
 * Reads one value, or one record, after the other, for its URL, with an easy handle that is used again.
 *
 *     get_curl CREDENTIALS value|record UNMEASURED COUNT
 */
#include "curl.h"

static struct server server;
static struct body body;

static void get(CURL *easy, const char *query, size_t count)
{
    CURLcode code;
    size_t nth;

    for (nth = 0; nth < count; nth++) {
        point_at(easy, &server, nth, query);
        body.length = 0;
        code = curl_easy_perform(easy);
        if (code != CURLE_OK) {
            fprintf(stderr, "%s\n", curl_easy_strerror(code));
            exit(1);
        }
        free(url_in(easy, &body));
    }
}

int main(int argc, char **argv)
{
    const char *query;
    CURL *easy;

    REQUIRE(argc == 5);
    query = strcmp(argv[2], "record") == 0 ? "" : "?type=URL";
    REQUIRE(curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK);
    server = server_of(argv[1]);
    easy = easy_for(&server, &body);
    get(easy, query, strtoul(argv[3], NULL, 10));
    measure_from_here(RUSAGE_SELF);
    get(easy, query, strtoul(argv[4], NULL, 10));
    measured_until_here(RUSAGE_SELF);
    curl_easy_cleanup(easy);
    curl_global_cleanup();
    free(body.bytes);
    free(server.url);
    free(server.authorities);
    return 0;
}
