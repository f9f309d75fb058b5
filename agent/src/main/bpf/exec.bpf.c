// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
//
// Reports executions, forks and exits of processes through one ring buffer.
//
// Kernel structures are declared with only the members that are read; libbpf relocates the accesses
// to the running kernel (CO-RE), so that one object serves every kernel from 5.8 on. Members whose
// name changed over time are declared once for each name ("flavors", after the three underscores).
//
// The records are read by RecordReader.java; a test compares both layouts by the BTF of the object.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_tracing.h>

#define RING_BYTES (4 * 1024 * 1024)
#define BELL_BYTES (64 * 1024) /* one page on every architecture */
#define FILE_NAME_BYTES 2048
#define ARGUMENT_BYTES 4096
#define PATH_BYTES 4096
#define NAME_BYTES 256 /* NAME_MAX and its terminator */
#define PATH_STEPS 64
/* Every offset into the scratch area is masked, so that the verifier sees its bound; the largest
 * that can occur is 136 + 2048 + 4096 + 2 * (4096 + 256) = 14984. */
#define OFFSET_MASK 0x3fff

#define SIGNAL_GROUP_EXIT 4 /* linux include/linux/sched/signal.h */
#define CTIME_NANOS_MASK 0x7fffffff /* the top bit marks a queried time, linux include/linux/fs.h */

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
	__u64 inode;
	__u64 size_bytes;
	__u64 ctime_seconds;
	__u64 cgroup;
	__u32 ctime_nanos;
	__u32 device; /* as the kernel holds it: major << 20 | minor */
	__u32 generation;
	__u32 link_count;
	__u32 filesystem_magic;
	__u32 mode;
	__u32 owner_uid;
	__u32 mount_namespace;
	__u32 uid;
	__u32 gid;
	__u32 file_name_bytes;
	__u32 argument_bytes;
	__u32 path_bytes;
	__u32 directory_bytes;
};

/* The length lies here and not in a register, because the verifier forgets what it knows of memory:
 * the rounds of a loop then look alike to it, and it does not follow each of them apart. */
struct scratch {
	__u64 text_bytes;
	struct exec_record exec;
	__u8 text[OFFSET_MASK + 1 + ARGUMENT_BYTES];
};

#define KERNEL __attribute__((preserve_access_index))

typedef struct {
	__u32 val;
} KERNEL kuid_t;

struct qstr {
	const unsigned char *name;
} KERNEL;

struct super_block {
	__u32 s_dev;
	unsigned long s_magic;
} KERNEL;

struct inode {
	unsigned short i_mode;
	kuid_t i_uid;
	struct super_block *i_sb;
	unsigned long i_ino;
	unsigned int __i_nlink;
	long long i_size;
	__u32 i_generation;
} KERNEL;

struct inode___seconds { /* since 6.11 */
	long long i_ctime_sec;
	__u32 i_ctime_nsec;
} KERNEL;

struct timespec64 {
	long long tv_sec;
	long tv_nsec;
} KERNEL;

struct inode___timespec { /* since 6.6 */
	struct timespec64 __i_ctime;
} KERNEL;

struct inode___old {
	struct timespec64 i_ctime;
} KERNEL;

struct dentry {
	struct dentry *d_parent;
	struct qstr d_name;
} KERNEL;

struct vfsmount {
	struct dentry *mnt_root;
} KERNEL;

struct mount {
	struct mount *mnt_parent;
	struct dentry *mnt_mountpoint;
	struct vfsmount mnt;
} KERNEL;

struct path {
	struct vfsmount *mnt;
	struct dentry *dentry;
} KERNEL;

struct file {
	struct path f_path;
	struct inode *f_inode;
} KERNEL;

struct linux_binprm {
	struct file *file;
	const char *filename;
	const char *interp; /* another string where a script named it */
} KERNEL;

struct mm_struct {
	unsigned long arg_start;
	unsigned long arg_end;
} KERNEL;

struct fs_struct {
	struct path pwd;
} KERNEL;

struct ns_common {
	unsigned int inum;
} KERNEL;

struct mnt_namespace {
	struct ns_common ns;
} KERNEL;

struct nsproxy {
	struct mnt_namespace *mnt_ns;
} KERNEL;

typedef struct {
	int counter;
} KERNEL atomic_t;

struct signal_struct {
	atomic_t live;
	int group_exit_code;
	unsigned int flags;
} KERNEL;

struct task_struct {
	int pid;
	int tgid;
	int exit_code;
	__u64 start_boottime;
	struct task_struct *real_parent;
	struct task_struct *group_leader;
	struct mm_struct *mm;
	struct fs_struct *fs;
	struct nsproxy *nsproxy;
	struct signal_struct *signal;
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

static __always_inline void fill_ctime(struct exec_record *exec, struct inode *inode)
{
	struct inode___seconds *seconds = (void *)inode;
	struct inode___timespec *timespec = (void *)inode;
	struct inode___old *old = (void *)inode;

	if (bpf_core_field_exists(seconds->i_ctime_sec)) {
		exec->ctime_seconds = BPF_CORE_READ(seconds, i_ctime_sec);
		exec->ctime_nanos = BPF_CORE_READ(seconds, i_ctime_nsec) & CTIME_NANOS_MASK;
	} else if (bpf_core_field_exists(timespec->__i_ctime)) {
		exec->ctime_seconds = BPF_CORE_READ(timespec, __i_ctime.tv_sec);
		exec->ctime_nanos = BPF_CORE_READ(timespec, __i_ctime.tv_nsec) & CTIME_NANOS_MASK;
	} else {
		exec->ctime_seconds = BPF_CORE_READ(old, i_ctime.tv_sec);
		exec->ctime_nanos = BPF_CORE_READ(old, i_ctime.tv_nsec) & CTIME_NANOS_MASK;
	}
}

static __always_inline void fill_file(struct exec_record *exec, struct inode *inode)
{
	exec->inode = BPF_CORE_READ(inode, i_ino);
	exec->size_bytes = BPF_CORE_READ(inode, i_size);
	exec->device = BPF_CORE_READ(inode, i_sb, s_dev);
	exec->generation = BPF_CORE_READ(inode, i_generation);
	exec->link_count = BPF_CORE_READ(inode, __i_nlink);
	exec->filesystem_magic = BPF_CORE_READ(inode, i_sb, s_magic);
	exec->mode = BPF_CORE_READ(inode, i_mode);
	exec->owner_uid = BPF_CORE_READ(inode, i_uid.val);
	fill_ctime(exec, inode);
}

/* Whether the file was made by memfd_create: it has no link and no directory, and its name says so. */
static __always_inline int is_memfd(struct exec_record *exec, struct dentry *dentry)
{
	static const char prefix[6] = "memfd:";
	char name[6] = {};

	if (exec->link_count != 0 || BPF_CORE_READ(dentry, d_parent) != dentry)
		return 0;
	bpf_probe_read_kernel(name, sizeof(name), BPF_CORE_READ(dentry, d_name.name));
	for (int i = 0; i < 6; i++)
		if (name[i] != prefix[i])
			return 0;
	return 1;
}

/* Appends the components of a path from the leaf to the root; returns how many bytes they take. */
static __always_inline __u32 append_path(struct scratch *scratch, struct path *path,
					 __u32 incomplete)
{
	struct dentry *dentry = BPF_CORE_READ(path, dentry);
	struct vfsmount *vfsmount = BPF_CORE_READ(path, mnt);
	__u32 start = scratch->text_bytes;

	for (int i = 0; i < PATH_STEPS && scratch->text_bytes - start <= PATH_BYTES; i++) {
		struct dentry *parent = BPF_CORE_READ(dentry, d_parent);

		if (dentry == BPF_CORE_READ(vfsmount, mnt_root)) {
			struct mount *mount =
				(void *)vfsmount - bpf_core_field_offset(struct mount, mnt);
			struct mount *above = BPF_CORE_READ(mount, mnt_parent);

			if (above == mount)
				return scratch->text_bytes - start;
			dentry = BPF_CORE_READ(mount, mnt_mountpoint);
			vfsmount = (void *)above + bpf_core_field_offset(struct mount, mnt);
			continue;
		}
		long bytes = bpf_probe_read_kernel_str(
			&scratch->text[scratch->text_bytes & OFFSET_MASK], NAME_BYTES,
			BPF_CORE_READ(dentry, d_name.name));
		if (bytes <= 0)
			break;
		scratch->text_bytes += bytes;
		if (dentry == parent) /* no directory, as with a memfd */
			return scratch->text_bytes - start;
		dentry = parent;
	}
	scratch->exec.head.flags |= incomplete;
	return scratch->text_bytes - start;
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

	scratch->text_bytes = 0;
	exec->file_name_bytes = append_file_name(scratch, BPF_CORE_READ(program, filename));
	exec->argument_bytes = append_arguments(scratch, BPF_CORE_READ(task, mm));
	exec->path_bytes = append_path(scratch, path, FLAG_PATH_INCOMPLETE);
	exec->directory_bytes = append_path(scratch, directory, FLAG_DIRECTORY_INCOMPLETE);
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
	fill_file(exec, BPF_CORE_READ(file, f_inode));
	if (is_memfd(exec, BPF_CORE_READ(path, dentry)))
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
	if (exec->link_count == 0)
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
