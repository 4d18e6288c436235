/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The example that is installed: it is right, and what is commented out in it is the default. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <ctype.h>

#include "config_file.h"

#define EXAMPLE SOURCE_DIRECTORY "/conf/zcsmgr.conf"

/* What has a default is shown with it. */
static const char *const optional_keys[] = {
	"start_timeout",    "stop_timeout",    "fall",	  "checks",	    "check_interval",
	"monitor_interval", "monitor_timeout", "restart", "failback",	    "timeout",
	"power_on",	    "fencing_delay",   "silence", "corosync_grace", "state_interval",
};

static char example[CONFIG_FILE_SIZE];
static struct config as_it_is;

static int read_example(void **state)
{
	FILE *file = fopen(EXAMPLE, "r");
	size_t size;

	(void)state;
	assert_non_null(file);
	size = fread(example, 1, sizeof(example) - 1, file);
	fclose(file);
	assert_true(size > 0 && size < sizeof(example) - 1);
	example[size] = '\0';
	return 0;
}

/* The beginning of the value that is commented out in that line; NULL: none is. */
static char *commented_out(char *line)
{
	char *at = line + strspn(line, " "), *key;

	if (*at != '#' || at[1] != ' ')
		return NULL;
	key = at += 2;
	while (islower((unsigned char)*at) || *at == '_')
		at++;
	return at > key && strncmp(at, " = ", 3) == 0 ? key : NULL;
}

static char *next_line(char *line)
{
	char *end = strchr(line, '\n');

	return end ? end + 1 : NULL;
}

static void must_be_the_same(const char *what)
{
	static const char *const readers[] = {"astapor", "braavos", NULL};

	for (unsigned i = 0; i < sizeof(readers) / sizeof(readers[0]); i++) {
		if (parse_text(example, strlen(example), readers[i]) != 0)
			fail_msg("with %.60s: %s", what, error.text);
		if (memcmp(config, &as_it_is, sizeof(*config)) != 0)
			fail_msg("not the default: %.60s", what);
	}
}

static void it_is_right(void **state)
{
	(void)state;
	assert_int_equal(parse_text(example, strlen(example), "astapor"), 0);
	as_it_is = *config;
	assert_int_equal(config->service_count, 1);
	assert_int_equal(config->services[0].resource_count, 4);
	assert_int_equal(config->fencing_count, 2);
	must_be_the_same("nothing");
	assert_int_equal(config_load(EXAMPLE, "astapor", config, &error), 0);
	assert_memory_equal(config->digest, as_it_is.digest, CONFIG_DIGEST_SIZE);
}

static void each_value_that_is_commented_out_is_the_default(void **state)
{
	unsigned lines = 0;

	(void)state;
	for (char *line = example; line; line = next_line(line)) {
		char *value = commented_out(line);

		if (!value)
			continue;
		lines++;
		memcpy(value - 2, "  ", 2);
		must_be_the_same(value);
		memcpy(value - 2, "# ", 2);
	}
	assert_true(lines >= 15);
}

static void all_of_them_together_are_the_default(void **state)
{
	(void)state;
	for (char *line = example; line; line = next_line(line)) {
		char *value = commented_out(line);

		if (value)
			memcpy(value - 2, "  ", 2);
	}
	must_be_the_same("all");
	for (unsigned i = 0; i < sizeof(optional_keys) / sizeof(optional_keys[0]); i++) {
		char shown[64];

		snprintf(shown, sizeof(shown), " %s = ", optional_keys[i]);
		if (!strstr(example, shown))
			fail_msg("the example does not show %s", optional_keys[i]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_is_right),
		cmocka_unit_test(each_value_that_is_commented_out_is_the_default),
		cmocka_unit_test(all_of_them_together_are_the_default),
	};

	return cmocka_run_group_tests(tests, read_example, forget_config);
}
