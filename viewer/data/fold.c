#include "viewer/data/tokens.h"

#include "viewer/data/fold.inc"

const struct lb_fold *lb_fold_table(size_t *count)
{
	*count = LB_COUNT(folds);
	return folds;
}

const char *lb_fold_unicode(void)
{
	return FOLD_UNICODE;
}

const struct lb_fold *lb_fold_find(uint32_t code_point)
{
	size_t low = 0, high = code_point < 0x80 ? FOLD_ASCII : LB_COUNT(folds);
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (folds[middle].last < code_point)
			low = middle + 1;
		else
			high = middle;
	}
	return low < LB_COUNT(folds) && folds[low].first <= code_point ? &folds[low] : NULL;
}
