#include "progress.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

enum { WIDTH = 30, PAUSE_MS = 100 };

static struct {
    int on, shows;
    size_t total, bytes, handles;
    long long drawn_ms;
} bar;

static long long now_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (long long)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void draw(void)
{
    static const char full[] = "##############################", empty[] = "..............................";

    fputs("\r\x1b[K", stderr);
    if (bar.total > 0) {
        int done = (int)((double)WIDTH * (double)bar.bytes / (double)bar.total);

        fprintf(stderr, "[%.*s%.*s] ", done, full, WIDTH - done, empty);
    }
    fprintf(stderr, "%zu Handles", bar.handles);
    fflush(stderr);
    bar.shows = 1;
}

void progress_begin(size_t total_bytes)
{
    bar.on = isatty(STDERR_FILENO);
    bar.total = total_bytes;
    bar.bytes = bar.handles = 0;
    bar.drawn_ms = 0;
}

void progress_step(size_t handles, size_t bytes)
{
    long long now;

    bar.handles += handles;
    bar.bytes += bytes;
    /* The input may have grown. */
    if (bar.total > 0 && bar.bytes > bar.total)
        bar.bytes = bar.total;
    if (!bar.on)
        return;
    now = now_ms();
    if (!bar.shows || now - bar.drawn_ms >= PAUSE_MS) {
        bar.drawn_ms = now;
        draw();
    }
}

void progress_clear(void)
{
    if (bar.shows) {
        fputs("\r\x1b[K", stderr);
        fflush(stderr);
    }
    bar.shows = 0;
}

void progress_end(void)
{
    progress_clear();
    bar.on = 0;
}
