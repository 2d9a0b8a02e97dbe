/* What is told of progress: the time that is left, from whoever knows it best; speed, gaps, bytes and calls. */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "lifeboat/cli/cli_private.h"
#include "tests/support/support.h"

static char path[300], text[4000];
static int kept = -1;

static void catch_errors(void)
{
	snprintf(path, sizeof path, "%s/stderr", test_dir());
	fflush(stderr);
	kept = dup(STDERR_FILENO);
	int fd = open(path, O_RDWR | O_CREAT | O_TRUNC, 0600);
	dup2(fd, STDERR_FILENO);
	close(fd);
}

static const char *caught(void)
{
	fflush(stderr);
	dup2(kept, STDERR_FILENO);
	close(kept);
	int fd = open(path, O_RDONLY);
	ssize_t n = read(fd, text, sizeof text - 1);
	text[n > 0 ? n : 0] = '\0';
	close(fd);
	return text;
}

static const char *told(enum lb_progress_mode mode, struct lb_event event)
{
	catch_errors();
	struct lb_printer *p = lb_printer_new(mode, false, false);
	lb_printer_event(p, &(struct lb_event){.kind = LB_EVENT_STAGE, .what = "gather"});
	usleep(150000);
	event.kind = LB_EVENT_PROGRESS;
	event.unit = "photos";
	lb_printer_event(p, &event);
	lb_printer_free(p);
	return caught();
}

static void expect(const char *words)
{
	ck_assert_msg(strstr(text, words) != NULL, "no \"%s\" in: %s", words, text);
}

START_TEST(the_sender_s_estimate_is_shown)
{
	const struct lb_event event = {.done = 50, .total = 1000, .bytes = 5000000, .calls = 300, .gaps = 2, .left_s = 7380};
	told(LB_PROGRESS_LINE, event);
	expect("gather: 50/1,000 photos (5%), ETA 2 h 3 min");
	expect(", 2 gaps, 5.0 MB, 300 calls");
	told(LB_PROGRESS_JSON, event);
	expect("\"seconds_left\":7380");
	expect("\"gaps\":2");
}
END_TEST

START_TEST(without_one_nothing_is_guessed_from_a_moment)
{
	const struct lb_event event = {.done = 1, .total = 1000};
	told(LB_PROGRESS_LINE, event);
	expect("gather: 1/1,000 photos (0%)");
	ck_assert_ptr_null(strstr(text, "ETA"));
	ck_assert_ptr_null(strstr(text, "gap"));
	told(LB_PROGRESS_JSON, event);
	ck_assert_ptr_null(strstr(text, "seconds_left"));
}
END_TEST

START_TEST(slow_work_has_its_speed_in_larger_units)
{
	catch_errors();
	struct lb_printer *p = lb_printer_new(LB_PROGRESS_LINE, false, false);
	lb_printer_event(p, &(struct lb_event){.kind = LB_EVENT_STAGE, .what = "gather"});
	lb_printer_event(p, &(struct lb_event){.kind = LB_EVENT_PROGRESS, .done = 1, .total = 9});
	usleep(3200000);
	lb_printer_event(p, &(struct lb_event){.kind = LB_EVENT_PROGRESS, .done = 2, .total = 9});
	lb_printer_free(p);
	caught();
	expect("/min");
	expect("ETA ");
}
END_TEST

Suite *test_suite(void)
{
	Suite *s = suite_create("cli_printer");
	TCase *t = tcase_create("printer");
	tcase_add_test(t, the_sender_s_estimate_is_shown);
	tcase_add_test(t, without_one_nothing_is_guessed_from_a_moment);
	tcase_add_test(t, slow_work_has_its_speed_in_larger_units);
	suite_add_tcase(s, t);
	return s;
}
