/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What DRBD keeps in its meta-data area: generation identifiers, flags and the bitmap.
 *
 * NAME.md is replaced by rename, so that it is whole at any moment. NAME.bitmap is mapped shared
 * and holds two bitmaps: the blocks out of sync, and the blocks that are being written (to DRBD
 * that is the activity log, in extents of 4 MiB). A power cut of the lab kills processes, not the
 * host: what is in the host's page cache is on stable storage for our purpose, nothing is synced.
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "standin.h"

static void path_of(const char *name, const char *suffix, char *path, size_t size)
{
	snprintf(path, size, "%s/%s.%s", kernel.state_directory, name, suffix);
}

static size_t bitmap_bytes(uint64_t disk_size)
{
	uint64_t bits = (disk_size + BLOCK - 1) / BLOCK;

	return (size_t)((bits + 7) / 8);
}

bool metadata_exists(const char *name)
{
	char path[STANDIN_PATH * 2];

	path_of(name, "md", path, sizeof(path));
	return access(path, F_OK) == 0;
}

int metadata_write(const char *name, const struct metadata *md)
{
	char path[STANDIN_PATH * 2];
	char new[STANDIN_PATH * 2 + 8];
	FILE *file;
	int written;

	path_of(name, "md", path, sizeof(path));
	snprintf(new, sizeof(new), "%s.new", path);
	file = fopen(new, "we");
	if (!file)
		return -1;
	written = fprintf(file, "standin-md 1\nsize %" PRIu64 "\nflags %u\n", md->size, md->flags);
	for (int i = 0; i < UUIDS && written > 0; i++)
		written = fprintf(file, "uuid %016" PRIX64 "\n", md->uuid[i]);
	if (fclose(file) || written <= 0)
		return -1;
	return rename(new, path);
}

int metadata_read(const char *name, struct metadata *md)
{
	char path[STANDIN_PATH * 2];
	FILE *file;
	bool complete;

	path_of(name, "md", path, sizeof(path));
	file = fopen(path, "re");
	if (!file)
		return -1;
	complete = fscanf(file, "standin-md 1\nsize %" SCNu64 "\nflags %u\n", &md->size,
			  &md->flags) == 2;
	for (int i = 0; i < UUIDS && complete; i++)
		complete = fscanf(file, "uuid %" SCNx64 "\n", &md->uuid[i]) == 1;
	fclose(file);
	errno = EINVAL;
	return complete ? 0 : -1;
}

int metadata_create(const struct resource *resource)
{
	const struct standin_config *config = &resource->config;
	struct metadata md = {.uuid = {UUID_JUST_CREATED}};
	char path[STANDIN_PATH * 2];
	struct stat image;
	int fd;

	if (stat(config->hosts[config->self].disk, &image))
		return -1;
	md.size = (uint64_t)image.st_size;
	path_of(config->name, "bitmap", path, sizeof(path));
	fd = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (fd < 0)
		return -1;
	if (ftruncate(fd, (off_t)(2 * bitmap_bytes(md.size)))) {
		close(fd);
		return -1;
	}
	close(fd);
	return metadata_write(config->name, &md);
}

static int map_bitmap(struct resource *resource, size_t bytes)
{
	char path[STANDIN_PATH * 2];
	void *map;
	int fd;

	path_of(resource->config.name, "bitmap", path, sizeof(path));
	fd = open(path, O_RDWR | O_CLOEXEC);
	if (fd < 0)
		return -1;
	map = mmap(NULL, 2 * bytes, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	close(fd);
	if (map == MAP_FAILED)
		return -1;
	resource->bitmap = map;
	resource->intent = resource->bitmap + bytes;
	resource->bitmap_size = bytes;
	return 0;
}

/* Writes that a crash interrupted may be here and not there, or the other way round. */
static void replay_intent(struct resource *resource)
{
	bitmap_merge(resource, resource->intent, resource->bitmap_size);
	memset(resource->intent, 0, resource->bitmap_size);
}

int metadata_attach(struct resource *resource)
{
	const struct standin_config *config = &resource->config;
	struct stat image;

	resource->image = open(config->hosts[config->self].disk, O_RDWR | O_CLOEXEC);
	if (resource->image < 0)
		return -1;
	if (metadata_read(config->name, &resource->md) || fstat(resource->image, &image) ||
	    (uint64_t)image.st_size != resource->md.size ||
	    map_bitmap(resource, bitmap_bytes(resource->md.size))) {
		int error = errno;

		close(resource->image);
		resource->image = -1;
		errno = error;
		return -1;
	}
	resource->out_of_sync = 0;
	for (size_t i = 0; i < resource->bitmap_size; i++)
		resource->out_of_sync += (unsigned)__builtin_popcount(resource->bitmap[i]);
	replay_intent(resource);
	return 0;
}

void metadata_detach(struct resource *resource)
{
	if (resource->image < 0)
		return;
	metadata_write(resource->config.name, &resource->md);
	munmap(resource->bitmap, 2 * resource->bitmap_size);
	resource->bitmap = resource->intent = NULL;
	close(resource->image);
	resource->image = -1;
}

void metadata_format(const struct metadata *md, char *text, size_t size)
{
	snprintf(text, size,
		 "%016" PRIX64 ":%016" PRIX64 ":%016" PRIX64 ":%016" PRIX64
		 ":%d:%d:%d:%d:%d:%d:%d\n",
		 md->uuid[0], md->uuid[1], md->uuid[2], md->uuid[3], !!(md->flags & MD_CONSISTENT),
		 !!(md->flags & MD_WAS_UPTODATE), !!(md->flags & MD_PRIMARY),
		 !!(md->flags & MD_CONNECTED), 0, !!(md->flags & MD_PEER_OUTDATED),
		 !!(md->flags & MD_CRASHED_PRIMARY));
}
