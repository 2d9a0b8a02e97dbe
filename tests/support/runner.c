/* main() of every Check program: each test file defines one suite, test_suite(). */
#include <check.h>
#include <stdlib.h>

#include "tests/support/support.h"

int main(void)
{
	SRunner *runner = srunner_create(test_suite());
	srunner_run_all(runner, CK_ENV);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
