/*
 * Reads many records with easy handles under one multi handle.
 *
 *     flight_curl CREDENTIALS CONCURRENCY UNMEASURED COUNT
 */
#include "curl.h"

static struct server server;
static CURLM *multi;

/* Takes what has ended, and gives its handle the next record to read as long as there are some. */
static size_t reap(size_t *begun, size_t count)
{
    struct body *body;
    CURLMsg *message;
    size_t ended = 0;
    int left;

    while ((message = curl_multi_info_read(multi, &left)) != NULL) {
        CURL *easy = message->easy_handle;
        if (message->data.result != CURLE_OK) {
            fprintf(stderr, "%s\n", curl_easy_strerror(message->data.result));
            exit(1);
        }
        curl_easy_getinfo(easy, CURLINFO_PRIVATE, (char **)&body);
        free(url_in(easy, body));
        body->length = 0;
        ended++;
        REQUIRE(curl_multi_remove_handle(multi, easy) == CURLM_OK);
        if (*begun == count)
            continue;
        point_at(easy, &server, (*begun)++, "");
        REQUIRE(curl_multi_add_handle(multi, easy) == CURLM_OK);
    }
    return ended;
}

static void get(CURL **easy, size_t concurrency, size_t count)
{
    size_t begun, ended = 0;
    int running;

    for (begun = 0; begun < concurrency && begun < count; begun++) {
        point_at(easy[begun], &server, begun, "");
        REQUIRE(curl_multi_add_handle(multi, easy[begun]) == CURLM_OK);
    }
    while (ended < count) {
        size_t ended_now;
        REQUIRE(curl_multi_perform(multi, &running) == CURLM_OK);
        ended_now = reap(&begun, count);
        ended += ended_now;
        if (ended_now == 0)
            REQUIRE(curl_multi_poll(multi, NULL, 0, 1000, NULL) == CURLM_OK);
    }
}

int main(int argc, char **argv)
{
    size_t nth, concurrency, unmeasured, count;
    struct body *bodies;
    CURL **easy;

    REQUIRE(argc == 5);
    concurrency = strtoul(argv[2], NULL, 10);
    unmeasured = strtoul(argv[3], NULL, 10);
    count = strtoul(argv[4], NULL, 10);
    REQUIRE(curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK);
    server = server_of(argv[1]);
    multi = curl_multi_init();
    bodies = calloc(concurrency, sizeof *bodies);
    easy = calloc(concurrency, sizeof(CURL *));
    REQUIRE(multi != NULL && bodies != NULL && easy != NULL);
    for (nth = 0; nth < concurrency; nth++)
        easy[nth] = easy_for(&server, &bodies[nth]);
    get(easy, concurrency, unmeasured);
    measure_from_here(RUSAGE_SELF);
    get(easy, concurrency, count);
    measured_until_here(RUSAGE_SELF);
    for (nth = 0; nth < concurrency; nth++) {
        curl_easy_cleanup(easy[nth]);
        free(bodies[nth].bytes);
    }
    curl_multi_cleanup(multi);
    curl_global_cleanup();
    free(easy);
    free(bodies);
    free(server.url);
    free(server.authorities);
    return 0;
}
