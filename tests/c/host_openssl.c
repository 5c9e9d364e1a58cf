/*
 * A host that links OpenSSL and libcurl itself and uses them beside us, on the same threads at the same time.
 *
 *     host_openssl CREDENTIALS URL
 */
#include "host.h"

#include <curl/curl.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <pthread.h>

enum { THREADS = 4, ROUNDS = 20 };

static b2h_client *client;
static const char *url;

static size_t drop(char *data, size_t size, size_t count, void *unused)
{
    (void)data;
    (void)unused;
    return size * count;
}

static void *work(void *argument)
{
    int round, number = *(int *)argument;
    CURL *curl = curl_easy_init();
    char who[16];

    CHECK(curl != NULL);
    snprintf(who, sizeof who, "curl%d", number);
    curl_easy_setopt(curl, CURLOPT_URL, url);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 0L);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 0L);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, drop);
    for (round = 0; round < ROUNDS; round++) {
        unsigned char hash[EVP_MAX_MD_SIZE];
        unsigned int length = 0;
        long status = 0;

        CHECK(curl_easy_perform(curl) == CURLE_OK);
        use(client, who, round);
        CHECK(curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status) == CURLE_OK && status == 200);
        CHECK(EVP_Digest("x", 1, hash, &length, EVP_sha256(), NULL) == 1 && length == 32);
        CHECK(ERR_peek_error() == 0);
    }
    curl_easy_cleanup(curl);
    return NULL;
}

int main(int argc, char **argv)
{
    pthread_t threads[THREADS];
    struct host before;
    int numbers[THREADS], i;

    CHECK(argc == 3);
    url = argv[2];
    CHECK(curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK);
    host_look(&before);
    client = client_from(argv[1]);
    for (i = 0; i < THREADS; i++) {
        numbers[i] = i;
        CHECK(pthread_create(&threads[i], NULL, work, &numbers[i]) == 0);
    }
    for (i = 0; i < THREADS; i++)
        CHECK(pthread_join(threads[i], NULL) == 0);
    b2h_client_free(client);
    CHECK_HOST_SAME(&before);
    curl_global_cleanup();
    return 0;
}
