/* Runs a fuzz harness over the files of a corpus: what `make check` does with each of them. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int run_file(const char *path)
{
	FILE *f = fopen(path, "rb");
	if (!f)
		return perror(path), 1;
	struct stat st;
	if (fstat(fileno(f), &st) != 0)
		return perror(path), fclose(f), 1;
	uint8_t *data = malloc(st.st_size ? (size_t)st.st_size : 1); /* exact size: ASan sees a byte too far */
	size_t n = data ? fread(data, 1, (size_t)st.st_size, f) : 0;
	fclose(f);
	if (data)
		LLVMFuzzerTestOneInput(data, n);
	free(data);
	return 0;
}

int main(int argc, char **argv)
{
	unsigned files = 0;
	for (int i = 1; i < argc; i++) {
		DIR *dir = opendir(argv[i]);
		if (!dir)
			return perror(argv[i]), 1;
		for (struct dirent *e; (e = readdir(dir));) {
			char path[4096];
			snprintf(path, sizeof path, "%s/%s", argv[i], e->d_name);
			if (e->d_name[0] == '.')
				continue;
			if (run_file(path))
				return 1;
			files++;
		}
		closedir(dir);
	}
	printf("%u inputs replayed\n", files);
	return files == 0;
}
