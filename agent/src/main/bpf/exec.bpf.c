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

/* linux include/linux/fsnotify_backend.h, FS_OPEN_EXEC and FS_OPEN_EXEC_PERM */
#define OPENINGS_TOLD 0x41000
#define SIGNAL_GROUP_EXIT 4 /* linux include/linux/sched/signal.h */

enum kind { KIND_EXEC = 1, KIND_FORK = 2, KIND_EXIT = 3, KINDS };

enum flag {
	FLAG_ARGUMENTS_TRUNCATED = 1,
	FLAG_PATH_INCOMPLETE = 2, /* deeper or longer than the walk goes */
	FLAG_DIRECTORY_INCOMPLETE = 4,
	FLAG_MEMFD = 8,
	FLAG_ARGUMENTS_UNREADABLE = 16,
	FLAG_INTERPRETED = 32, /* the file is the interpreter of what was named */
	FLAG_BARE = 64, /* arguments and working directory were left out */
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

/* What one processor counted; [kind - 1]. Each kind: how many there were, and for how many of them
 * the ring had no room. A test of the sensor compares the tasks with what /proc/stat counts. */
struct counts {
	__u64 ran[KINDS - 1];
	__u64 lost[KINDS - 1];
	__u64 tasks; /* created, threads too */
	__u64 spare;
};

struct scratch {
	__u64 text_bytes;
	struct exec_record exec;
	__u8 text[OFFSET_MASK + 1 + ARGUMENT_BYTES];
};

typedef struct {
	__u32 val;
} KERNEL kgid_t;

struct cred {
	kuid_t uid;
	kgid_t gid;
} KERNEL;

struct kernfs_node {
	__u64 id;
} KERNEL;

struct cgroup {
	struct kernfs_node *kn;
} KERNEL;

struct css_set {
	struct cgroup *dfl_cgrp;
} KERNEL;

struct mm_struct___running {
	struct file *exe_file;
} KERNEL;

struct task_struct___running {
	struct mm_struct___running *mm;
	const struct cred *real_cred;
	struct css_set *cgroups;
} KERNEL;

struct seq_file;

struct bpf_iter_meta {
	struct seq_file *seq;
} KERNEL;

struct bpf_iter__task {
	struct bpf_iter_meta *meta;
	struct task_struct *task;
} KERNEL;

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, RING_BYTES);
} records SEC(".maps");

/* Carries nothing: it wakes a reader that otherwise rests between batches. */
struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, BELL_BYTES);
} bell SEC(".maps");

/* By processor; user space sets how many there can be. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct counts);
} counts SEC(".maps");

enum control { CONTROL_BARE, CONTROL_MARKED, CONTROLS };

/* Switches that user space sets: CONTROL_BARE leaves out arguments and working directory,
 * CONTROL_MARKED rings the bell for superblocks that are not in "marked". */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, CONTROLS);
	__type(key, __u32);
	__type(value, __u64);
} controls SEC(".maps");

/* Superblocks, by s_dev, whose files are opened for user space when they are executed. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 4096);
	__type(key, __u32);
	__type(value, __u8);
} marked SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct scratch);
} scratches SEC(".maps");

char LICENSE[] SEC("license") = "Dual BSD/GPL";

static __always_inline struct counts *count(enum kind kind)
{
	__u32 processor = bpf_get_smp_processor_id();
	struct counts *mine = bpf_map_lookup_elem(&counts, &processor);

	if (mine)
		__sync_fetch_and_add(&mine->ran[kind - 1], 1);
	return mine;
}

static __always_inline void count_lost(struct counts *mine, enum kind kind)
{
	if (mine)
		__sync_fetch_and_add(&mine->lost[kind - 1], 1);
}

static __always_inline __u64 is_set(enum control control)
{
	__u32 key = control;
	__u64 *value = bpf_map_lookup_elem(&controls, &key);

	return value && *value;
}

/* The verifier knows these pointers, so that they are followed without a call for each step. */
static __always_inline void fill_head(struct record *head, enum kind kind, struct task_struct *task)
{
	struct task_struct *parent = task->real_parent;

	head->kind = kind;
	head->flags = 0;
	head->status = 0;
	head->padding = 0;
	head->time_nanos = bpf_ktime_get_boot_ns();
	head->pid = task->tgid;
	head->start_nanos = task->group_leader->start_boottime;
	head->parent_pid = parent->tgid;
	head->parent_start_nanos = parent->group_leader->start_boottime;
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

static __always_inline void append_places(struct scratch *scratch, struct task_struct *task,
					  struct path *path)
{
	struct exec_record *exec = &scratch->exec;
	struct text text = {scratch->text, &scratch->text_bytes, OFFSET_MASK};
	struct fs_struct *fs = BPF_CORE_READ(task, fs);
	struct path *directory = (void *)fs + bpf_core_field_offset(struct fs_struct, pwd);

	exec->path_bytes = append_path(text, path, &exec->head.flags, FLAG_PATH_INCOMPLETE);
	if (exec->head.flags & FLAG_BARE)
		return;
	exec->directory_bytes =
		append_path(text, directory, &exec->head.flags, FLAG_DIRECTORY_INCOMPLETE);
}

/* All but the texts. */
static __always_inline void fill_exec(struct scratch *scratch, struct task_struct *task,
				      struct file *file)
{
	struct exec_record *exec = &scratch->exec;

	fill_head(&exec->head, KIND_EXEC, task);
	fill_file(&exec->file, BPF_CORE_READ(file, f_inode));
	if (is_memfd(&exec->file, BPF_CORE_READ(file, f_path.dentry)))
		exec->head.flags |= FLAG_MEMFD;
	exec->mount_namespace = BPF_CORE_READ(task, nsproxy, mnt_ns, ns.inum);
	exec->file_name_bytes = 0;
	exec->argument_bytes = 0;
	exec->directory_bytes = 0;
	exec->filler = 0;
	scratch->text_bytes = 0;
}

static __always_inline struct path *path_of(struct file *file)
{
	return (void *)file + bpf_core_field_offset(struct file, f_path);
}

static __always_inline __u64 record_bytes(struct scratch *scratch)
{
	return (sizeof(scratch->exec) + scratch->text_bytes) & OFFSET_MASK;
}

/* Whether the file was opened for user space. A superblock that was just made can have the number
 * of one that was marked, but not its marks. */
static __always_inline int is_opened(__u32 device, struct super_block *filesystem)
{
	if (!bpf_map_lookup_elem(&marked, &device))
		return 0;
	return !bpf_core_field_exists(filesystem->s_fsnotify_mask) ||
	       (BPF_CORE_READ(filesystem, s_fsnotify_mask) & OPENINGS_TOLD) != 0;
}

/* Whether the reader should not rest any longer, and does not know it yet. */
static __always_inline int is_filling(void)
{
	return bpf_ringbuf_query(&records, BPF_RB_AVAIL_DATA) >
		       bpf_ringbuf_query(&records, BPF_RB_RING_SIZE) / 4 &&
	       bpf_ringbuf_query(&bell, BPF_RB_AVAIL_DATA) == 0;
}

SEC("tp_btf/sched_process_exec")
int BPF_PROG(on_exec, struct task_struct *task, int old_pid, struct linux_binprm *program)
{
	__u32 first = 0;
	struct scratch *scratch = bpf_map_lookup_elem(&scratches, &first);
	struct file *file = program->file;

	if (!scratch)
		return 0;
	struct counts *mine = count(KIND_EXEC);
	struct exec_record *exec = &scratch->exec;
	fill_exec(scratch, task, file);
	if (program->interp != program->filename)
		exec->head.flags |= FLAG_INTERPRETED;
	exec->cgroup = bpf_get_current_cgroup_id();
	__u64 user = bpf_get_current_uid_gid();
	exec->uid = user;
	exec->gid = user >> 32;
	exec->file_name_bytes = append_file_name(scratch, program->filename);
	if (is_set(CONTROL_BARE))
		exec->head.flags |= FLAG_BARE | FLAG_ARGUMENTS_TRUNCATED | FLAG_DIRECTORY_INCOMPLETE;
	else
		exec->argument_bytes = append_arguments(scratch, task->mm);
	append_places(scratch, task, path_of(file));
	if (bpf_ringbuf_output(&records, exec, record_bytes(scratch), 0))
		count_lost(mine, KIND_EXEC);
	/* What has no name, or is not opened for user space, can be read only while the process lives. */
	if (exec->file.link_count == 0 || is_filling() ||
	    (is_set(CONTROL_MARKED) &&
	     !is_opened(exec->file.device, BPF_CORE_READ(file, f_inode, i_sb))))
		bpf_ringbuf_output(&bell, &first, sizeof(first), 0);
	return 0;
}

/* Everybody who runs, as if found executing now; without file name and arguments. */
SEC("iter/task")
int on_task(struct bpf_iter__task *context)
{
	__u32 first = 0;
	struct task_struct *task = context->task;
	struct task_struct___running *running = (void *)task;
	struct scratch *scratch = bpf_map_lookup_elem(&scratches, &first);
	struct file *file;

	if (!scratch || !task || task->pid != task->tgid)
		return 0;
	file = BPF_CORE_READ(running, mm, exe_file);
	if (!file)
		return 0;
	struct exec_record *exec = &scratch->exec;
	fill_exec(scratch, task, file);
	exec->cgroup = BPF_CORE_READ(running, cgroups, dfl_cgrp, kn, id);
	exec->uid = BPF_CORE_READ(running, real_cred, uid.val);
	exec->gid = BPF_CORE_READ(running, real_cred, gid.val);
	append_places(scratch, task, path_of(file));
	bpf_seq_write(context->meta->seq, exec, record_bytes(scratch));
	return 0;
}

SEC("tp_btf/sched_process_fork")
int BPF_PROG(on_fork, struct task_struct *parent, struct task_struct *child)
{
	struct counts *mine;
	struct record *record;
	__u32 processor;

	if (child->pid != child->tgid) {
		processor = bpf_get_smp_processor_id();
		mine = bpf_map_lookup_elem(&counts, &processor);
		if (mine)
			__sync_fetch_and_add(&mine->tasks, 1);
		return 0;
	}
	mine = count(KIND_FORK);
	if (mine)
		__sync_fetch_and_add(&mine->tasks, 1);
	record = bpf_ringbuf_reserve(&records, sizeof(*record), 0);
	if (!record) {
		count_lost(mine, KIND_FORK);
		return 0;
	}
	fill_head(record, KIND_FORK, child);
	bpf_ringbuf_submit(record, 0);
	return 0;
}

/* Threads that end at the same moment may each find themselves the last: readers must bear a
 * second record for one process. */
SEC("tp_btf/sched_process_exit")
int BPF_PROG(on_exit, struct task_struct *task)
{
	struct counts *mine;
	struct record *record;

	if (task->signal->live.counter != 0)
		return 0;
	mine = count(KIND_EXIT);
	record = bpf_ringbuf_reserve(&records, sizeof(*record), 0);
	if (!record) {
		count_lost(mine, KIND_EXIT);
		return 0;
	}
	fill_head(record, KIND_EXIT, task);
	if (task->signal->flags & SIGNAL_GROUP_EXIT)
		record->status = task->signal->group_exit_code;
	else
		record->status = task->group_leader->exit_code;
	bpf_ringbuf_submit(record, 0);
	return 0;
}
