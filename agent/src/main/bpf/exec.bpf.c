// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
//
// Reports executions, forks and exits of processes through one ring buffer.
//
// The records are read by RecordReader.java; a test compares both layouts by the BTF of the object.
#include "file.h"

#define RING_BYTES (4 * 1024 * 1024)
#define BELL_BYTES (64 * 1024) /* one page on every architecture */
#define FILE_NAME_BYTES 2048
#define ARGUMENT_BYTES 4096
/* Every offset into the scratch area is masked, so that the verifier sees its bound; the largest
 * that can occur is 144 + 2048 + 4096 + 2 * (4096 + 256) = 14992. */
#define OFFSET_MASK 0x3fff

#define SIGNAL_GROUP_EXIT 4 /* linux include/linux/sched/signal.h */

enum kind { KIND_EXEC = 1, KIND_FORK = 2, KIND_EXIT = 3 };

enum flag {
	FLAG_ARGUMENTS_TRUNCATED = 1,
	FLAG_PATH_INCOMPLETE = 2, /* deeper or longer than the walk goes */
	FLAG_DIRECTORY_INCOMPLETE = 4,
	FLAG_MEMFD = 8,
	FLAG_ARGUMENTS_UNREADABLE = 16,
	FLAG_INTERPRETED = 32, /* the file is the interpreter of what was named */
};

struct record {
	__u32 kind;
	__u32 flags;
	__u64 time_nanos; /* since boot */
	__u64 start_nanos; /* since boot, of the thread group leader */
	__u64 parent_start_nanos;
	__u32 pid; /* in the initial pid namespace */
	__u32 parent_pid; /* 0: none */
	__u32 status; /* of an exit, as wait(2) reports it */
	__u32 padding;
};

/* Followed by the file name, the arguments, the components of the path and those of the working
 * directory (both from the leaf to the root); every string ends with a zero byte. */
struct exec_record {
	struct record head;
	struct file_identity file;
	__u64 cgroup;
	__u32 mount_namespace;
	__u32 uid;
	__u32 gid;
	__u32 file_name_bytes;
	__u32 argument_bytes;
	__u32 path_bytes;
	__u32 directory_bytes;
	__u32 filler;
};

struct scratch {
	__u64 text_bytes;
	struct exec_record exec;
	__u8 text[OFFSET_MASK + 1 + ARGUMENT_BYTES];
};

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, RING_BYTES);
} records SEC(".maps");

/* Carries nothing: it wakes a reader that otherwise rests between batches. */
struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, BELL_BYTES);
} bell SEC(".maps");

/* Entry 0 counts records that found the ring full. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u64);
} losses SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct scratch);
} scratches SEC(".maps");

char LICENSE[] SEC("license") = "Dual BSD/GPL";

static __always_inline void emit(void *data, __u64 bytes)
{
	__u32 first = 0;
	__u64 *lost;

	if (bpf_ringbuf_output(&records, data, bytes, 0) == 0)
		return;
	lost = bpf_map_lookup_elem(&losses, &first);
	if (lost)
		__sync_fetch_and_add(lost, 1);
}

static __always_inline void fill_head(struct record *head, enum kind kind, struct task_struct *task)
{
	struct task_struct *parent = BPF_CORE_READ(task, real_parent);

	head->kind = kind;
	head->flags = 0;
	head->status = 0;
	head->padding = 0;
	head->time_nanos = bpf_ktime_get_boot_ns();
	head->pid = BPF_CORE_READ(task, tgid);
	head->start_nanos = BPF_CORE_READ(task, group_leader, start_boottime);
	head->parent_pid = BPF_CORE_READ(parent, tgid);
	head->parent_start_nanos = BPF_CORE_READ(parent, group_leader, start_boottime);
}

static __always_inline __u32 append_file_name(struct scratch *scratch, const char *name)
{
	long bytes = bpf_probe_read_kernel_str(scratch->text, FILE_NAME_BYTES, name);

	if (bytes <= 0)
		return 0;
	scratch->text_bytes += bytes;
	return bytes;
}

static __always_inline __u32 append_arguments(struct scratch *scratch, struct mm_struct *mm)
{
	unsigned long start = BPF_CORE_READ(mm, arg_start);
	unsigned long bytes = BPF_CORE_READ(mm, arg_end) - start;

	if (bytes > ARGUMENT_BYTES) {
		bytes = ARGUMENT_BYTES;
		scratch->exec.head.flags |= FLAG_ARGUMENTS_TRUNCATED;
	}
	if (bpf_probe_read_user(&scratch->text[scratch->text_bytes & OFFSET_MASK], bytes,
				(void *)start)) {
		scratch->exec.head.flags |= FLAG_ARGUMENTS_UNREADABLE;
		return 0;
	}
	scratch->text_bytes += bytes;
	return bytes;
}

static __always_inline void fill_text(struct scratch *scratch, struct task_struct *task,
				      struct linux_binprm *program, struct path *path)
{
	struct fs_struct *fs = BPF_CORE_READ(task, fs);
	struct path *directory = (void *)fs + bpf_core_field_offset(struct fs_struct, pwd);
	struct exec_record *exec = &scratch->exec;
	struct text text = {scratch->text, &scratch->text_bytes, OFFSET_MASK};

	scratch->text_bytes = 0;
	exec->file_name_bytes = append_file_name(scratch, BPF_CORE_READ(program, filename));
	exec->argument_bytes = append_arguments(scratch, BPF_CORE_READ(task, mm));
	exec->path_bytes = append_path(text, path, &exec->head.flags, FLAG_PATH_INCOMPLETE);
	exec->directory_bytes =
		append_path(text, directory, &exec->head.flags, FLAG_DIRECTORY_INCOMPLETE);
	exec->filler = 0;
}

SEC("tp_btf/sched_process_exec")
int BPF_PROG(on_exec, struct task_struct *task, int old_pid, struct linux_binprm *program)
{
	__u32 first = 0;
	struct scratch *scratch = bpf_map_lookup_elem(&scratches, &first);
	struct file *file = BPF_CORE_READ(program, file);
	struct path *path = (void *)file + bpf_core_field_offset(struct file, f_path);

	if (!scratch)
		return 0;
	struct exec_record *exec = &scratch->exec;
	fill_head(&exec->head, KIND_EXEC, task);
	fill_file(&exec->file, BPF_CORE_READ(file, f_inode));
	if (is_memfd(&exec->file, BPF_CORE_READ(path, dentry)))
		exec->head.flags |= FLAG_MEMFD;
	if (BPF_CORE_READ(program, interp) != BPF_CORE_READ(program, filename))
		exec->head.flags |= FLAG_INTERPRETED;
	exec->cgroup = bpf_get_current_cgroup_id();
	exec->mount_namespace = BPF_CORE_READ(task, nsproxy, mnt_ns, ns.inum);
	__u64 user = bpf_get_current_uid_gid();
	exec->uid = user;
	exec->gid = user >> 32;
	fill_text(scratch, task, program, path);
	emit(exec, (sizeof(*exec) + scratch->text_bytes) & OFFSET_MASK);
	/* What has no name can be read only while the process lives. */
	if (exec->file.link_count == 0)
		bpf_ringbuf_output(&bell, &first, sizeof(first), 0);
	return 0;
}

SEC("tp_btf/sched_process_fork")
int BPF_PROG(on_fork, struct task_struct *parent, struct task_struct *child)
{
	struct record record = {};

	if (BPF_CORE_READ(child, pid) != BPF_CORE_READ(child, tgid))
		return 0;
	fill_head(&record, KIND_FORK, child);
	emit(&record, sizeof(record));
	return 0;
}

/* Threads that end at the same moment may each find themselves the last: readers must bear a
 * second record for one process. */
SEC("tp_btf/sched_process_exit")
int BPF_PROG(on_exit, struct task_struct *task)
{
	struct record record = {};

	if (BPF_CORE_READ(task, signal, live.counter) != 0)
		return 0;
	fill_head(&record, KIND_EXIT, task);
	if (BPF_CORE_READ(task, signal, flags) & SIGNAL_GROUP_EXIT)
		record.status = BPF_CORE_READ(task, signal, group_exit_code);
	else
		record.status = BPF_CORE_READ(task, group_leader, exit_code);
	emit(&record, sizeof(record));
	return 0;
}
