/*
 * Reads one value after the other with an easy handle that is used again.
 *
 *     get_curl CREDENTIALS UNMEASURED COUNT
 */
#include "curl.h"

static struct server server;
static struct body body;

static void get(CURL *easy, size_t nth)
{
    CURLcode code;

    point_at(easy, &server, nth, "?type=URL");
    body.length = 0;
    code = curl_easy_perform(easy);
    if (code != CURLE_OK) {
        fprintf(stderr, "%s\n", curl_easy_strerror(code));
        exit(1);
    }
    free(url_in(easy, &body));
}

int main(int argc, char **argv)
{
    size_t nth, unmeasured, count;
    CURL *easy;

    REQUIRE(argc == 4);
    unmeasured = strtoul(argv[2], NULL, 10);
    count = strtoul(argv[3], NULL, 10);
    REQUIRE(curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK);
    server = server_of(argv[1]);
    easy = easy_for(&server, &body);
    for (nth = 0; nth < unmeasured; nth++)
        get(easy, nth);
    measure_from_here(RUSAGE_SELF);
    for (nth = 0; nth < count; nth++)
        get(easy, nth);
    measured_until_here(RUSAGE_SELF);
    curl_easy_cleanup(easy);
    curl_global_cleanup();
    free(body.bytes);
    free(server.url);
    free(server.authorities);
    return 0;
}
