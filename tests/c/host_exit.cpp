/*
 * A client that a static object frees: the destructor runs inside exit(), when calls no longer work, or still
 * do.
 *
 *     host_exit CREDENTIALS main|thread|child
 *
 * It was used before by the main thread, by another thread only, or by the parent of the process that exits.
 */
#include "under.h"

#include <b2handle.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace
{

bool used_by_main;

b2h_status get(b2h_client *client)
{
    char *value = nullptr;
    b2h_error *error = nullptr;
    b2h_status status = b2h_get_value(client, "21.T12345/EXAMPLE", "URL", nullptr, &value, &error);
    if ((status == B2H_OK) != (value != nullptr) || b2h_error_status(error) != status)
        std::_Exit(2);
    b2h_string_free(value);
    b2h_error_free(error);
    return status;
}

struct Owner {
    b2h_client *client = nullptr;

    ~Owner()
    {
        b2h_status status = get(client);
        if (status != B2H_SHUTTING_DOWN && (used_by_main || status != B2H_OK)) {
            std::fprintf(stderr, "in a destructor: %s\n", b2h_status_str(status));
            std::_Exit(1);
        }
        b2h_client_free(client);
        std::puts("freed");
        std::fflush(stdout);
    }
};

Owner owner;

} // namespace

int main(int argc, char **argv)
{
    if (argc != 3)
        return 2;
    auto work = [&] {
        if (b2h_client_from_json(argv[1], &owner.client, nullptr) != B2H_OK || get(owner.client) != B2H_OK)
            std::_Exit(3);
    };
    used_by_main = std::strcmp(argv[2], "thread") != 0;
    if (used_by_main)
        work();
    else
        std::thread(work).join();
    if (std::strcmp(argv[2], "child") == 0) {
        int status;
        pid_t child = fork();
        if (child == 0)
            std::exit(0);
        if (waitpid(child, &status, 0) != child || !WIFEXITED(status) || WEXITSTATUS(status) != 0)
            std::_Exit(4);
    }
    return 0;
}
