/* A package read back into the model and written once more from it. */
#ifndef LB_TESTS_WRITE_AGAIN_H
#define LB_TESTS_WRITE_AGAIN_H

/* From the package `from` to the new folder `to`; fails the test when it cannot. What is below data/metadata/ comes out the same if all
 * was read that was written. */
void test_write_again(const char *from, const char *to);

#endif
