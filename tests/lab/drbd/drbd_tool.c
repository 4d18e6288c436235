/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * drbdadm and drbdsetup of the stand-in, by the name it is called by. drbdsetup hands its words to
 * drbd_kernel; drbdadm reads the resource files and calls drbdsetup for each step, with minors
 * where the real one uses minors, and falls back on drbdmeta where the real one does.
 *
 * DRBD_STANDIN_RUN and DRBD_STANDIN_RESOURCES stand for /run and /etc/drbd.d.
 */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "standin_config.h"

enum { WORDS = 8 };

static struct standin_config configs[STANDIN_RESOURCES];
static int config_count;

static const char *from_environment(const char *name, const char *otherwise)
{
	const char *value = getenv(name);

	return value && value[0] ? value : otherwise;
}

static int connect_kernel(void)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	snprintf(address.sun_path, sizeof(address.sun_path), "%s/drbd-standin.sock",
		 from_environment("DRBD_STANDIN_RUN", "/run"));
	if (fd >= 0 && connect(fd, (struct sockaddr *)&address, sizeof(address)) == 0)
		return fd;
	if (fd >= 0)
		close(fd);
	/* As without the module. */
	fprintf(stderr, "Could not stat /proc/drbd: No such file or directory\n"
			"Make sure that the DRBD kernel module is installed and can be loaded!\n");
	return -1;
}

static bool full_read(int fd, void *data, size_t size)
{
	char *at = data;

	while (size > 0) {
		ssize_t got = read(fd, at, size);

		if (got <= 0)
			return false;
		at += got;
		size -= (size_t)got;
	}
	return true;
}

static bool copy(int fd, FILE *stream, size_t size)
{
	char text[4096];

	while (size > 0) {
		size_t part = size < sizeof(text) ? size : sizeof(text);

		if (!full_read(fd, text, part))
			return false;
		fwrite(text, 1, part, stream);
		size -= part;
	}
	/* events2 is read line by line as it comes. */
	return fflush(stream) == 0;
}

/* Prints the answer; its exit code, or 20 if the kernel died. */
static int answer(int fd, bool quiet)
{
	unsigned char head[5];

	while (full_read(fd, head, sizeof(head))) {
		size_t value = (size_t)head[1] << 24 | (size_t)head[2] << 16 |
			       (size_t)head[3] << 8 | head[4];
		FILE *stream = head[0] == 1 ? stdout : stderr;
		FILE *null = NULL;
		bool copied;

		if (head[0] == 0)
			return (int)value;
		if (quiet && stream == stderr)
			stream = null = fopen("/dev/null", "we");
		copied = stream && copy(fd, stream, value);
		if (null)
			fclose(null);
		if (!copied)
			return 20;
	}
	fprintf(stderr, "stand-in: drbd_kernel ended\n");
	return 20;
}

static int call(const char *program, const char *const *words, bool quiet)
{
	char request[4096];
	size_t used = (size_t)snprintf(request, sizeof(request), "%s", program) + 1;
	int fd = connect_kernel();
	int code;

	if (fd < 0)
		return 20;
	for (; *words; words++) {
		size_t length = strlen(*words);

		if (length == 0 || used + length + 2 > sizeof(request)) {
			fprintf(stderr, "stand-in: bad argument '%s'\n", *words);
			return 20;
		}
		memcpy(request + used, *words, length + 1);
		used += length + 1;
	}
	request[used++] = '\0';
	if (send(fd, request, used, MSG_NOSIGNAL) != (ssize_t)used) {
		fprintf(stderr, "stand-in: drbd_kernel: %s\n", strerror(errno));
		return 20;
	}
	code = answer(fd, quiet);
	close(fd);
	return code;
}

/* One step of drbdadm: a call of drbdsetup or drbdmeta, reported as drbdadm does. */
static int step(const char *program, const char *verb, const char *object, const char *option,
		bool quiet)
{
	const char *words[] = {verb, object, option, NULL};
	int code = call(program, words, quiet);

	if (code != 0 && !quiet)
		fprintf(stderr, "Command '%s %s %s' terminated with exit code %d\n",
			strcmp(program, "drbdsetup") == 0 ? "drbdsetup-84" : program, verb, object,
			code);
	return code;
}

static const char *minor_of(const struct standin_config *config, char *text, size_t size)
{
	snprintf(text, size, "%u", config->hosts[config->self].minor);
	return text;
}

static int up(const struct standin_config *config, const char *option)
{
	int code = step("drbdsetup", "new-resource", config->name, NULL, false);

	if (code == 0)
		code = step("drbdsetup", "attach", config->name, NULL, false);
	if (code == 0)
		code = step("drbdsetup", "connect", config->name, option, false);
	return code;
}

/* Like up, but what is there already is right. */
static int adjust(const struct standin_config *config, const char *option)
{
	int code = step("drbdsetup", "new-resource", config->name, NULL, false);

	if (code == 0)
		code = step("drbdsetup", "attach", config->name, NULL, true);
	if (code == 0 || code == 10)
		code = step("drbdsetup", "connect", config->name, option, true);
	return code == 10 ? 0 : code;
}

static int outdate(const struct standin_config *config, const char *option)
{
	char minor[16];
	int code =
		step("drbdsetup", "outdate", minor_of(config, minor, sizeof(minor)), option, true);

	if (code == 17 || code == 0)
		return code;
	if (step("drbdmeta", "outdate", config->name, NULL, false) == 0)
		return 0;
	return code == 5 ? 5 : 20;
}

static void dump_host(const struct standin_host *host)
{
	printf("    on %s {\n"
	       "        device           %s minor %u;\n"
	       "        disk             %s;\n"
	       "        meta-disk        %s;\n"
	       "        address          ipv4 %s:%u;\n"
	       "    }\n",
	       host->name, host->device, host->minor, host->disk, host->meta_disk, host->ip,
	       ntohs(host->address.sin_port));
}

static int dump(const struct standin_config *config, const char *option)
{
	(void)option;
	printf("# resource %s on %s: not ignored, not stacked\n# defined at %s:%u\nresource %s {\n",
	       config->name, config->hosts[config->self].name, config->file, config->line,
	       config->name);
	for (unsigned i = 0; i < config->host_count; i++)
		dump_host(&config->hosts[i]);
	printf("    net {\n"
	       "        protocol           C;\n"
	       "        ping-int         %3u;\n"
	       "        ping-timeout     %3u;\n"
	       "        timeout          %3u;\n"
	       "        connect-int      %3u;\n"
	       "    }\n"
	       "    disk {\n"
	       "        fencing          %s;\n"
	       "    }\n",
	       config->ping_int, config->ping_timeout, config->timeout, config->connect_int,
	       standin_fencing_name(config->fencing));
	if (config->fence_peer[0])
		printf("    handlers {\n"
		       "        fence-peer       \"%s\";\n"
		       "    }\n",
		       config->fence_peer);
	puts("}\n");
	return 0;
}

static int sh_dev(const struct standin_config *config, const char *option)
{
	(void)option;
	puts(config->hosts[config->self].device);
	return 0;
}

static int sh_minor(const struct standin_config *config, const char *option)
{
	(void)option;
	printf("%u\n", config->hosts[config->self].minor);
	return 0;
}

static int sh_ll_dev(const struct standin_config *config, const char *option)
{
	(void)option;
	puts(config->hosts[config->self].disk);
	return 0;
}

enum object { BY_NAME, BY_MINOR, BY_MINOR_OR_METADATA, ONLY_METADATA };

/* What is one call of drbdsetup, and by which name of the resource. */
static const struct {
	const char *verb;
	enum object object;
} plain[] = {
	{"primary", BY_MINOR},
	{"secondary", BY_MINOR},
	{"role", BY_MINOR},
	{"cstate", BY_MINOR},
	{"dstate", BY_MINOR_OR_METADATA},
	{"get-gi", BY_MINOR_OR_METADATA},
	{"show-gi", BY_MINOR_OR_METADATA},
	{"invalidate", BY_MINOR_OR_METADATA},
	{"suspend-io", BY_MINOR},
	{"resume-io", BY_MINOR},
	{"detach", BY_MINOR},
	{"new-current-uuid", BY_MINOR},
	{"down", BY_NAME},
	{"attach", BY_NAME},
	{"connect", BY_NAME},
	{"disconnect", BY_NAME},
	{"status", BY_NAME},
	{"create-md", ONLY_METADATA},
};

static const struct {
	const char *verb;
	int (*command)(const struct standin_config *config, const char *option);
} composed[] = {
	{"up", up},	    {"adjust", adjust},	    {"outdate", outdate},     {"dump", dump},
	{"sh-dev", sh_dev}, {"sh-minor", sh_minor}, {"sh-ll-dev", sh_ll_dev},
};

static int run_plain(const struct standin_config *config, const char *verb, enum object object,
		     const char *option)
{
	char minor[16];
	int code;

	switch (object) {
	case BY_NAME:
		return step("drbdsetup", verb, config->name, option, false);
	case ONLY_METADATA:
		return step("drbdmeta", verb, config->name, option, false);
	case BY_MINOR:
		return step("drbdsetup", verb, minor_of(config, minor, sizeof(minor)), option,
			    false);
	case BY_MINOR_OR_METADATA:
		break;
	}
	code = step("drbdsetup", verb, minor_of(config, minor, sizeof(minor)), option, true);
	if (code == 0)
		return 0;
	/* A state error is told; the metadata could not help. */
	if (code == 11 || code == 17)
		return step("drbdsetup", verb, minor, option, false);
	return step("drbdmeta", verb, config->name, option, false);
}

static int run(const struct standin_config *config, const char *verb, const char *option)
{
	for (size_t i = 0; i < sizeof(plain) / sizeof(*plain); i++)
		if (strcmp(verb, plain[i].verb) == 0)
			return run_plain(config, verb, plain[i].object, option);
	for (size_t i = 0; i < sizeof(composed) / sizeof(*composed); i++)
		if (strcmp(verb, composed[i].verb) == 0)
			return composed[i].command(config, option);
	fprintf(stderr, "stand-in: does not know drbdadm %s\n", verb);
	return 20;
}

static int version(void)
{
	puts("DRBDADM_BUILDTAG=stand-in");
	puts("DRBDADM_API_VERSION=1");
	puts("DRBD_KERNEL_VERSION_CODE=0x08040b");
	puts("DRBD_KERNEL_VERSION=8.4.11");
	puts("DRBDADM_VERSION_CODE=0x091600");
	puts("DRBDADM_VERSION=9.22.0");
	return 0;
}

static int on_all(const char *verb, const char *option)
{
	int worst = 0;

	for (int i = 0; i < config_count; i++) {
		int code = configs[i].self < 0 ? 0 : run(&configs[i], verb, option);

		worst = code > worst ? code : worst;
	}
	return worst;
}

static int on_resource(const char *verb, const char *name, const char *option)
{
	for (int i = 0; i < config_count; i++)
		if (configs[i].self >= 0 && strcmp(configs[i].name, name) == 0)
			return run(&configs[i], verb, option);
	fprintf(stderr, "'%s' not defined in your config (for this host).\n", name);
	return 1;
}

static int sh_resources(void)
{
	const char *separator = "";

	for (int i = 0; i < config_count; i++) {
		if (configs[i].self < 0)
			continue;
		printf("%s%s", separator, configs[i].name);
		separator = " ";
	}
	putchar('\n');
	return 0;
}

static int drbdadm(int argc, char **argv)
{
	const char *verb = NULL, *option = NULL, *names[WORDS];
	int count = 0, code = 0;

	for (int i = 1; i < argc; i++) {
		if (strcmp(argv[i], "--version") == 0)
			return version();
		if (strcmp(argv[i], "--") == 0)
			continue;
		if (argv[i][0] == '-' && option) {
			fprintf(stderr, "stand-in: does not know two options at once\n");
			return 20;
		}
		if (argv[i][0] == '-')
			option = argv[i];
		else if (!verb)
			verb = argv[i];
		else if (count < WORDS)
			names[count++] = argv[i];
	}
	if (!verb) {
		fprintf(stderr, "USAGE: drbdadm COMMAND [OPTION...] {all|RESOURCE...}\n");
		return 1;
	}
	if (strcmp(verb, "sh-resources") == 0)
		return sh_resources();
	if (count == 0 && (strcmp(verb, "dump") == 0 || strcmp(verb, "status") == 0))
		names[count++] = "all";
	if (count == 0) {
		fprintf(stderr, "No resource names specified\n");
		return 1;
	}
	for (int i = 0; i < count && code == 0; i++)
		code = strcmp(names[i], "all") == 0 ? on_all(verb, option)
						    : on_resource(verb, names[i], option);
	return code;
}

int main(int argc, char **argv)
{
	const char *name = strrchr(argv[0], '/');
	struct utsname host;
	char error[1024];

	name = name ? name + 1 : argv[0];
	if (strcmp(name, "drbdsetup") == 0) {
		if (argc < 2) {
			fprintf(stderr, "USAGE: drbdsetup COMMAND ARGUMENTS\n");
			return 20;
		}
		return call("drbdsetup", (const char *const *)argv + 1, false);
	}
	uname(&host);
	config_count =
		standin_config_read(from_environment("DRBD_STANDIN_RESOURCES", "/etc/drbd.d"),
				    host.nodename, configs, error, sizeof(error));
	if (config_count < 0) {
		fprintf(stderr, "%s\n", error);
		return 10;
	}
	return drbdadm(argc, argv);
}
