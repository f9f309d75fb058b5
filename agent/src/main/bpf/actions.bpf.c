// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
//
// Reports what brings code into memory or changes it after a program was started, by programs on
// the trace points of system calls.
//
// Any program on such a trace point makes each system call of the machine slower, so there are as
// few as can be, those on exits only where the result is needed. Each ends at the first comparison
// that tells that there is nothing to say. Each can be left out: not every kernel has every call.
// What a call is given lies in user space, where another thread may change it between our look and
// the kernel's; and the calls of 32-bit programs on 64-bit kernels have no trace points.
//
// The records are read by ActionReader.java; a test compares both layouts by the BTF of the object.
#include "file.h"
#include <linux/perf_event.h>
#include <stddef.h>

#define RING_BYTES (1024 * 1024)
#define BELL_BYTES (64 * 1024) /* one page on every architecture */
#define REMEMBERED 16384
#define REPORT_EVERY_NANOS 10000000000ULL
#define INTERPRETERS 32
#define HEADS 256
#define DETAIL_BYTES 256
#define DETAIL_MASK 0x1ff /* above DETAIL_BYTES */
#define TEXT_MASK 0x1fff /* above PATH_BYTES + NAME_BYTES */
#define PLACE_BITS 16 /* executable memory is remembered by its 64 KiB */

/* linux include/uapi/asm-generic/mman-common.h, mman.h; the same on every 64-bit architecture */
#define PROT_EXEC 4
#define MAP_ANONYMOUS 0x20
/* linux include/uapi/linux/ptrace.h and asm/ptrace.h */
#define PTRACE_POKETEXT 4
#define PTRACE_POKEUSR 6
#define PTRACE_SETREGS 13
#define PTRACE_SETFPREGS 15
#define PTRACE_ATTACH 16
#define PTRACE_SETREGSET 0x4205
#define PTRACE_SEIZE 0x4206
/* linux include/uapi/linux/bpf.h */
#define LINK_OF_UPROBES 48 /* BPF_TRACE_UPROBE_MULTI */
#define LINK_CREATE_ATTACH_TYPE 8 /* offsets in union bpf_attr */
#define LINK_CREATE_PATH 16
/* linux include/linux/fs.h */
#define FMODE_READ 1
#define FMODE_WRITE 2
/* linux include/uapi/linux/magic.h */
#define MAGIC_PROC 0x9fa0
#define MAGIC_SYSFS 0x62656572
#define MAGIC_TRACEFS 0x74726163
#define MAGIC_CGROUP 0x27e0eb
#define MAGIC_CGROUP2 0x63677270
#define MAGIC_SECURITYFS 0x73636673
/* linux include/linux/socket.h */
#define AF_INET 2
#define AF_INET6 10
#define MODE_TYPE 0170000 /* linux include/uapi/linux/stat.h */
#define MODE_REGULAR 0100000

/* The first are loads of code, which carry a file; the numbers after them are those of actions. */
enum action_kind {
	KIND_LIBRARY = 1,
	KIND_OPENED = 2,
	KIND_MOUNTED = 3, /* for ourselves: filesystems may have come */
	KIND_EXECUTABLE_MAPPED = 10,
	KIND_MADE_EXECUTABLE = 11,
	KIND_MEMFD_CREATED = 12,
	KIND_PTRACE_ATTACHED = 13,
	KIND_PTRACE_WRITTEN = 14,
	KIND_PROCESS_WRITTEN = 15,
	KIND_PROCESS_MEMORY_OPENED = 16,
	KIND_UPROBE_SET = 17,
	KIND_BPF_LOADED = 18,
	KIND_MODULE_LOADED = 19,
	KIND_CREDENTIALS_CHANGED = 20,
	KIND_CONNECTED = 21,
};

enum action_flag {
	FLAG_PATH_INCOMPLETE = 1,
	FLAG_MEMFD = 2,
	FLAG_PID_NAMESPACE = 4, /* target_pid is of the process's own pid namespace */
	FLAG_USER_NAMESPACE = 8, /* ids are of the process's own user namespace */
	FLAG_GROUPS = 16, /* the ids are of groups */
};

/* Followed by the detail of an action, or the components of a load's path from the leaf to the root,
 * each closed by a zero byte. */
struct action_record {
	__u32 kind;
	__u32 flags;
	__u64 time_nanos; /* since boot */
	__u64 start_nanos; /* since boot, of the thread group leader */
	__u64 cgroup;
	__u64 address;
	__u64 length;
	__u64 count; /* since the last record of this, at least 1 */
	__u32 pid; /* in the initial pid namespace */
	__u32 target_pid;
	__u32 protection;
	__s32 descriptor;
	__u32 mount_namespace;
	__u32 text_bytes;
	struct file_identity file; /* of loads only */
};

/* Detail of credentials: what is, and then what is asked for, where all bits mean "leave it". */
struct ids {
	__u32 real;
	__u32 effective;
	__u32 saved;
};

struct id_change {
	struct ids from;
	struct ids to;
};

/* The part of struct sockaddr_in6 that names a destination; that of sockaddr_in is shorter. */
struct destination {
	__u16 family;
	__u16 port; /* in network order */
	__u32 address; /* IPv4 */
	__u64 address6[2];
};

struct scratch {
	__u64 text_length;
	struct action_record record;
	union {
		__u8 text[TEXT_MASK + 1 + NAME_BYTES];
		struct id_change ids;
		struct destination destination;
	};
};

struct interpreter {
	__u64 name; /* the first bytes of a file's name */
	__u64 mask; /* which of them must be so */
};

/* Set before the object is loaded. */
struct settings {
	__u32 own_pid;
	__u32 uprobe_type; /* of perf events; 0: there is none */
	__u32 interpreted; /* whether files that interpreters open are reported */
	__u32 padding;
	struct interpreter interpreters[INTERPRETERS]; /* a mask of 0 ends them */
	__u8 heads[HEADS]; /* not 0 where an interpreter's name may start so, see head_of */
};

const volatile struct settings settings SEC(".rodata.settings") = {};

struct key {
	__u64 first;
	__u64 second;
	__u64 third;
	__u64 executable_inode;
	__u32 executable_device;
	__u32 kind;
	__u32 uid;
	__u32 mount_namespace;
};

struct memory {
	__u64 reported_nanos;
	__u64 count; /* since then */
};

struct cred {
	kuid_t uid;
	kuid_t suid;
	kuid_t euid;
	kuid_t gid;
	kuid_t sgid;
	kuid_t egid;
	struct user_namespace *user_ns;
} KERNEL;

/* The kernel's kgid_t differs from kuid_t by its name alone. */
typedef struct {
	__u32 val;
} KERNEL kgid_t;

struct cred___groups {
	kgid_t gid;
	kgid_t sgid;
	kgid_t egid;
} KERNEL;

struct user_namespace {
	int level;
} KERNEL;

struct pid {
	unsigned int level;
} KERNEL;

struct file___mode {
	unsigned int f_mode;
} KERNEL;

struct fdtable {
	unsigned int max_fds;
	struct file **fd;
} KERNEL;

struct files_struct {
	struct fdtable *fdt;
} KERNEL;

struct mm_struct___executable {
	struct file *exe_file;
} KERNEL;

struct task_struct___more {
	struct mm_struct___executable *mm;
	struct files_struct *files;
	struct nsproxy *nsproxy;
	struct cred *cred;
	struct pid *thread_pid;
} KERNEL;

/* linux kernel/trace/trace_syscalls.c, struct syscall_tp_t: the same on every architecture */
struct entry {
	__u64 common;
	__u64 number;
	__u64 arguments[6];
};

struct result {
	__u64 common;
	__u64 number;
	__s64 value;
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

struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, REMEMBERED);
	__type(key, struct key);
	__type(value, struct memory);
} remembered SEC(".maps");

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

/* Its members can be read in place, which costs a tenth of a call of bpf_probe_read_kernel. */
static __always_inline struct task_struct___more *current_task(void)
{
	return (void *)bpf_get_current_task_btf();
}

static __always_inline struct file *executable(void)
{
	struct mm_struct___executable *mm = current_task()->mm;

	return mm ? mm->exe_file : 0;
}

static __always_inline int is_own(void)
{
	return bpf_get_current_pid_tgid() >> 32 == settings.own_pid;
}

static __always_inline struct file *open_file(__u32 number)
{
	struct files_struct *files = current_task()->files;
	struct fdtable *table = files ? files->fdt : 0;
	struct file *file = 0;

	if (table && number < table->max_fds)
		bpf_probe_read_kernel(&file, sizeof(file), table->fd + number);
	return file;
}

static __always_inline __u32 mount_namespace(void)
{
	struct nsproxy *namespaces = current_task()->nsproxy;
	struct mnt_namespace *mounts = namespaces ? namespaces->mnt_ns : 0;

	return mounts ? mounts->ns.inum : 0;
}

/* The key of what this program, run by this user in this mount namespace, does to what follows. */
static __always_inline struct key key_of(enum action_kind kind, __u64 first, __u64 second, __u64 third)
{
	struct file *file = executable();
	struct inode *inode = file ? file->f_inode : 0;
	struct super_block *filesystem = inode ? inode->i_sb : 0;
	struct key key = {
		.first = first,
		.second = second,
		.third = third,
		.executable_inode = inode ? inode->i_ino : 0,
		.executable_device = filesystem ? filesystem->s_dev : 0,
		.kind = kind,
		.uid = bpf_get_current_uid_gid(),
		.mount_namespace = mount_namespace(),
	};
	return key;
}

static __always_inline struct key key_of_process(enum action_kind kind, __u64 what)
{
	return key_of(kind, bpf_get_current_pid_tgid() >> 32, what, 0);
}

static __always_inline struct key key_of_file(enum action_kind kind, struct inode *inode)
{
	struct file_identity changed = {};

	fill_ctime(&changed, inode);
	return key_of(kind, BPF_CORE_READ(inode, i_ino),
		      (__u64)BPF_CORE_READ(inode, i_sb, s_dev) << 32 | changed.ctime_nanos,
		      changed.ctime_seconds);
}

/* How often it happened since it was last reported; 0 if it was reported a moment ago. */
static __always_inline __u64 count(struct key *key)
{
	struct memory *memory = bpf_map_lookup_elem(&remembered, key);
	__u64 now = bpf_ktime_get_boot_ns();
	struct memory first = {.reported_nanos = now};

	if (!memory) {
		bpf_map_update_elem(&remembered, key, &first, BPF_ANY);
		return 1;
	}
	if (now - memory->reported_nanos < REPORT_EVERY_NANOS) {
		__sync_fetch_and_add(&memory->count, 1);
		return 0;
	}
	__u64 repeats = memory->count;
	__sync_fetch_and_sub(&memory->count, repeats);
	memory->reported_nanos = now;
	return repeats + 1;
}

/* A fresh record, or none if there is nothing new to say. */
static __always_inline struct scratch *begin(enum action_kind kind, __u64 times)
{
	__u32 first = 0;
	struct scratch *scratch = times ? bpf_map_lookup_elem(&scratches, &first) : 0;
	struct task_struct *task = (void *)bpf_get_current_task();

	if (!scratch)
		return 0;
	struct action_record *head = &scratch->record;
	head->kind = kind;
	head->flags = 0;
	head->time_nanos = bpf_ktime_get_boot_ns();
	head->start_nanos = BPF_CORE_READ(task, group_leader, start_boottime);
	head->cgroup = bpf_get_current_cgroup_id();
	head->address = 0;
	head->length = 0;
	head->count = times;
	head->pid = bpf_get_current_pid_tgid() >> 32;
	head->target_pid = 0;
	head->protection = 0;
	head->descriptor = -1;
	head->mount_namespace = mount_namespace();
	head->text_bytes = 0;
	return scratch;
}

/* Of "text_bytes", what a helper returned, less than 0 is an error. It is masked because the
 * verifier of 6.1 does not conclude from comparisons what clang does. */
static __always_inline void end_action(struct scratch *scratch, long text_bytes)
{
	__u64 bytes = text_bytes > 0 ? text_bytes & DETAIL_MASK : 0;

	scratch->record.text_bytes = bytes;
	emit(&scratch->record, sizeof(scratch->record) + bytes);
}

static __always_inline void end_named(struct scratch *scratch, const char *user_name)
{
	end_action(scratch, bpf_probe_read_user_str(scratch->text, DETAIL_BYTES, user_name));
}

static __always_inline void set_target(struct scratch *scratch, __u32 pid)
{
	scratch->record.target_pid = pid;
	if (BPF_CORE_READ(current_task(), thread_pid, level) != 0)
		scratch->record.flags |= FLAG_PID_NAMESPACE;
}

static __always_inline void ring_bell(void)
{
	__u32 nothing = 0;

	bpf_ringbuf_output(&bell, &nothing, sizeof(nothing), 0);
}

/* A load of the file, unless it was just reported. */
static __always_inline void report_file(enum action_kind kind, struct file *file, int descriptor)
{
	struct inode *inode = BPF_CORE_READ(file, f_inode);
	struct path *path = (void *)file + bpf_core_field_offset(struct file, f_path);
	struct key key = key_of_file(kind, inode);
	struct scratch *scratch = begin(kind, count(&key));

	if (!scratch)
		return;
	struct action_record *record = &scratch->record;
	fill_file(&record->file, inode);
	record->descriptor = descriptor;
	if (is_memfd(&record->file, BPF_CORE_READ(path, dentry)))
		record->flags |= FLAG_MEMFD;
	scratch->text_length = 0;
	struct text text = {scratch->text, &scratch->text_length, TEXT_MASK};
	record->text_bytes = append_path(text, path, &record->flags, FLAG_PATH_INCOMPLETE);
	emit(record, sizeof(*record) + (scratch->text_length & TEXT_MASK));
	if (record->file.link_count == 0)
		ring_bell(); /* what has no name can be read only while the process lives */
}

static __always_inline void report_memory(enum action_kind kind, __u64 *arguments)
{
	struct key key = key_of_process(kind, arguments[0] >> PLACE_BITS);
	struct scratch *scratch = begin(kind, count(&key));

	if (!scratch)
		return;
	scratch->record.address = arguments[0];
	scratch->record.length = arguments[1];
	scratch->record.protection = arguments[2];
	end_action(scratch, 0);
}

static __always_inline int is_regular(struct file *file)
{
	return (BPF_CORE_READ(file, f_inode, i_mode) & MODE_TYPE) == MODE_REGULAR;
}

SEC("tp/syscalls/sys_enter_mmap")
int enter_mmap(struct entry *entry)
{
	if (!(entry->arguments[2] & PROT_EXEC) || is_own())
		return 0;
	__u64 memory[3] = {entry->arguments[0], entry->arguments[1], entry->arguments[2]};
	struct file *file =
		entry->arguments[3] & MAP_ANONYMOUS ? 0 : open_file(entry->arguments[4]);
	if (file && is_regular(file))
		report_file(KIND_LIBRARY, file, entry->arguments[4]);
	else
		report_memory(KIND_EXECUTABLE_MAPPED, memory);
	return 0;
}

static __always_inline int made_executable(struct entry *entry)
{
	if (!(entry->arguments[2] & PROT_EXEC) || is_own())
		return 0;
	__u64 memory[3] = {entry->arguments[0], entry->arguments[1], entry->arguments[2]};
	report_memory(KIND_MADE_EXECUTABLE, memory);
	return 0;
}

SEC("tp/syscalls/sys_enter_mprotect")
int enter_mprotect(struct entry *entry)
{
	return made_executable(entry);
}

SEC("tp/syscalls/sys_enter_pkey_mprotect")
int enter_pkey_mprotect(struct entry *entry)
{
	return made_executable(entry);
}

static __always_inline void report_target(enum action_kind kind, __u32 pid, __u64 address)
{
	struct key key = key_of_process(kind, pid);
	struct scratch *scratch = begin(kind, count(&key));

	if (!scratch)
		return;
	set_target(scratch, pid);
	scratch->record.address = address;
	end_action(scratch, 0);
}

SEC("tp/syscalls/sys_enter_ptrace")
int enter_ptrace(struct entry *entry)
{
	__u64 request = entry->arguments[0];

	if (is_own())
		return 0;
	if (request == PTRACE_ATTACH || request == PTRACE_SEIZE)
		report_target(KIND_PTRACE_ATTACHED, entry->arguments[1], 0);
	else if (request >= PTRACE_POKETEXT && request <= PTRACE_POKEUSR)
		report_target(KIND_PTRACE_WRITTEN, entry->arguments[1], entry->arguments[2]);
	else if (request == PTRACE_SETREGS || request == PTRACE_SETFPREGS ||
		 request == PTRACE_SETREGSET)
		report_target(KIND_PTRACE_WRITTEN, entry->arguments[1], 0);
	return 0;
}

struct vector {
	__u64 base;
	__u64 length;
};

SEC("tp/syscalls/sys_enter_process_vm_writev")
int enter_process_vm_writev(struct entry *entry)
{
	struct key key = key_of_process(KIND_PROCESS_WRITTEN, entry->arguments[0]);
	struct vector remote = {};

	if (is_own())
		return 0;
	struct scratch *scratch = begin(KIND_PROCESS_WRITTEN, count(&key));
	if (!scratch)
		return 0;
	set_target(scratch, entry->arguments[0]);
	bpf_probe_read_user(&remote, sizeof(remote), (void *)entry->arguments[3]);
	scratch->record.address = remote.base;
	scratch->record.length = remote.length;
	end_action(scratch, 0);
	return 0;
}

/* A uprobe in the file that user space names; "offset" is where in it. Each is reported: what tells
 * them apart is a text. */
static __always_inline void report_uprobe(__u64 user_path, __u64 offset)
{
	struct scratch *scratch = begin(KIND_UPROBE_SET, 1);

	if (!scratch)
		return;
	scratch->record.address = offset;
	end_named(scratch, (void *)user_path);
}

SEC("tp/syscalls/sys_enter_perf_event_open")
int enter_perf_event_open(struct entry *entry)
{
	struct perf_event_attr attributes = {};
	__u32 bytes = offsetof(struct perf_event_attr, config2) + sizeof(attributes.config2);

	if (settings.uprobe_type == 0 || is_own())
		return 0;
	bpf_probe_read_user(&attributes, bytes, (void *)entry->arguments[0]);
	if (attributes.type == settings.uprobe_type)
		report_uprobe(attributes.uprobe_path, attributes.probe_offset);
	return 0;
}

static __always_inline void report_program(__u64 attributes)
{
	struct key key = key_of_process(KIND_BPF_LOADED, 0);
	__u64 name[2] = {};

	bpf_probe_read_user(name, sizeof(name),
			    (void *)(attributes + offsetof(union bpf_attr, prog_name)));
	key.second = name[0];
	key.third = name[1];
	struct scratch *scratch = begin(KIND_BPF_LOADED, count(&key));
	if (!scratch)
		return;
	__builtin_memcpy(scratch->text, name, sizeof(name));
	end_action(scratch, sizeof(name));
}

SEC("tp/syscalls/sys_enter_bpf")
int enter_bpf(struct entry *entry)
{
	__u64 attributes = entry->arguments[1];
	__u32 type = 0;
	__u64 path = 0;

	if (is_own())
		return 0;
	if (entry->arguments[0] == BPF_PROG_LOAD)
		report_program(attributes);
	if (entry->arguments[0] != BPF_LINK_CREATE)
		return 0;
	bpf_probe_read_user(&type, sizeof(type), (void *)(attributes + LINK_CREATE_ATTACH_TYPE));
	bpf_probe_read_user(&path, sizeof(path), (void *)(attributes + LINK_CREATE_PATH));
	if (type == LINK_OF_UPROBES)
		report_uprobe(path, 0);
	return 0;
}

SEC("tp/syscalls/sys_enter_finit_module")
int enter_finit_module(struct entry *entry)
{
	struct file *file = open_file(entry->arguments[0]);
	struct scratch *scratch = is_own() ? 0 : begin(KIND_MODULE_LOADED, 1);

	if (!scratch)
		return 0;
	scratch->record.descriptor = entry->arguments[0];
	end_action(scratch,
		   bpf_probe_read_kernel_str(scratch->text, DETAIL_BYTES,
					     BPF_CORE_READ(file, f_path.dentry, d_name.name)));
	return 0;
}

SEC("tp/syscalls/sys_enter_init_module")
int enter_init_module(struct entry *entry)
{
	struct scratch *scratch = is_own() ? 0 : begin(KIND_MODULE_LOADED, 1);

	if (!scratch)
		return 0;
	scratch->record.address = entry->arguments[0];
	scratch->record.length = entry->arguments[1];
	end_action(scratch, 0);
	return 0;
}

static __always_inline void report_ids(struct id_change *change, __u32 flags)
{
	struct cred *cred = BPF_CORE_READ(current_task(), cred);
	__u64 *words = (void *)change;
	struct key key = key_of(KIND_CREDENTIALS_CHANGED, words[0], words[1] ^ flags, words[2]);
	struct scratch *scratch = is_own() ? 0 : begin(KIND_CREDENTIALS_CHANGED, count(&key));

	if (!scratch)
		return;
	if (BPF_CORE_READ(cred, user_ns, level) != 0)
		flags |= FLAG_USER_NAMESPACE;
	scratch->record.flags = flags;
	scratch->ids = *change;
	end_action(scratch, sizeof(*change));
}

/* Whoever is no root changes by setuid(2) and setgid(2) the effective id alone; a call that the
 * kernel will refuse is reported too. */
static __always_inline void compare_ids(struct ids now, struct ids to, __u32 flags)
{
	struct id_change change = {now, to};
	int is_news = (to.real != (__u32)-1 && to.real != now.real) ||
		      (to.effective != (__u32)-1 && to.effective != now.effective) ||
		      (to.saved != (__u32)-1 && to.saved != now.saved);

	if (is_news)
		report_ids(&change, flags);
}

static __always_inline struct ids users(void)
{
	struct cred *cred = BPF_CORE_READ(current_task(), cred);

	return (struct ids){BPF_CORE_READ(cred, uid.val), BPF_CORE_READ(cred, euid.val),
			    BPF_CORE_READ(cred, suid.val)};
}

static __always_inline struct ids groups(void)
{
	struct cred___groups *cred = (void *)BPF_CORE_READ(current_task(), cred);

	return (struct ids){BPF_CORE_READ(cred, gid.val), BPF_CORE_READ(cred, egid.val),
			    BPF_CORE_READ(cred, sgid.val)};
}

/* What setuid and setgid set for a root user, and for others. */
static __always_inline struct ids ids_of_one(__u32 id)
{
	struct cred *cred = BPF_CORE_READ(current_task(), cred);

	if (BPF_CORE_READ(cred, euid.val) == 0)
		return (struct ids){id, id, id};
	return (struct ids){-1, id, -1};
}

SEC("tp/syscalls/sys_enter_setuid")
int enter_setuid(struct entry *entry)
{
	compare_ids(users(), ids_of_one(entry->arguments[0]), 0);
	return 0;
}

SEC("tp/syscalls/sys_enter_setgid")
int enter_setgid(struct entry *entry)
{
	compare_ids(groups(), ids_of_one(entry->arguments[0]), FLAG_GROUPS);
	return 0;
}

SEC("tp/syscalls/sys_enter_setreuid")
int enter_setreuid(struct entry *entry)
{
	struct ids to = {entry->arguments[0], entry->arguments[1], -1};

	compare_ids(users(), to, 0);
	return 0;
}

SEC("tp/syscalls/sys_enter_setregid")
int enter_setregid(struct entry *entry)
{
	struct ids to = {entry->arguments[0], entry->arguments[1], -1};

	compare_ids(groups(), to, FLAG_GROUPS);
	return 0;
}

SEC("tp/syscalls/sys_enter_setresuid")
int enter_setresuid(struct entry *entry)
{
	struct ids to = {entry->arguments[0], entry->arguments[1], entry->arguments[2]};

	compare_ids(users(), to, 0);
	return 0;
}

SEC("tp/syscalls/sys_enter_setresgid")
int enter_setresgid(struct entry *entry)
{
	struct ids to = {entry->arguments[0], entry->arguments[1], entry->arguments[2]};

	compare_ids(groups(), to, FLAG_GROUPS);
	return 0;
}

SEC("tp/syscalls/sys_enter_connect")
int enter_connect(struct entry *entry)
{
	struct destination to = {};
	void *address = (void *)entry->arguments[1];

	if (bpf_probe_read_user(&to, 8, address) || is_own())
		return 0;
	if (to.family == AF_INET6)
		bpf_probe_read_user(to.address6, sizeof(to.address6), address + 8);
	else if (to.family != AF_INET)
		return 0;
	if (to.family == AF_INET6)
		to.address = 0; /* a flow label, which is no destination */
	struct key key = key_of(KIND_CONNECTED, (__u64)to.address << 32 | to.port, to.address6[0],
				to.address6[1]);
	struct scratch *scratch = begin(KIND_CONNECTED, count(&key));
	if (!scratch)
		return 0;
	scratch->destination = to;
	end_action(scratch, sizeof(to));
	return 0;
}

SEC("tp/syscalls/sys_exit_memfd_create")
int exit_memfd_create(struct result *result)
{
	if (result->value < 0 || is_own())
		return 0;
	struct file *file = open_file(result->value);
	struct scratch *scratch = begin(KIND_MEMFD_CREATED, 1);
	if (!scratch)
		return 0;
	scratch->record.descriptor = result->value;
	end_action(scratch,
		   bpf_probe_read_kernel_str(scratch->text, DETAIL_BYTES,
					     BPF_CORE_READ(file, f_path.dentry, d_name.name)));
	ring_bell();
	return 0;
}

static __always_inline int mounted(struct result *result)
{
	struct task_struct *task = (void *)bpf_get_current_task();
	struct scratch *scratch = result->value == 0 && !is_own() ? begin(KIND_MOUNTED, 1) : 0;

	if (!scratch)
		return 0;
	/* mount(8) soon ends; who ran it sees what was mounted for longer. */
	scratch->record.target_pid = BPF_CORE_READ(task, real_parent, tgid);
	end_action(scratch, 0);
	ring_bell();
	return 0;
}

SEC("tp/syscalls/sys_exit_mount")
int exit_mount(struct result *result)
{
	return mounted(result);
}

SEC("tp/syscalls/sys_exit_move_mount")
int exit_move_mount(struct result *result)
{
	return mounted(result);
}

/* Nearly all other programs are told apart by the first two bytes of their name. */
static __always_inline __u8 head_of(const __u8 *name)
{
	return name[0] * 31 + name[1];
}

/* Whether the running program is called like an interpreter. */
static __always_inline int is_interpreter(void)
{
	struct file *file = executable();
	struct dentry *dentry = file ? file->f_path.dentry : 0;
	__u64 name = 0;

	if (!dentry)
		return 0;
	bpf_probe_read_kernel(&name, sizeof(name), dentry->d_name.name);
	if (!settings.heads[head_of((__u8 *)&name)])
		return 0;
	for (int i = 0; i < INTERPRETERS && settings.interpreters[i].mask; i++)
		if ((name & settings.interpreters[i].mask) == settings.interpreters[i].name)
			return 1;
	return 0;
}

/* Files of these have no content of their own. */
static __always_inline int is_pseudo(__u64 magic)
{
	return magic == MAGIC_PROC || magic == MAGIC_SYSFS || magic == MAGIC_CGROUP ||
	       magic == MAGIC_CGROUP2 || magic == MAGIC_TRACEFS || magic == MAGIC_SECURITYFS;
}

static __always_inline int is_same(const char *one, const char *other, int bytes)
{
	for (int i = 0; i < bytes; i++)
		if (one[i] != other[i])
			return 0;
	return 1;
}

/* Another process's memory, or the list of uprobes. */
static __always_inline void opened_for_writing(struct file *file, __u64 magic, int descriptor)
{
	char name[sizeof("uprobe_events")] = {};
	enum action_kind kind = KIND_PROCESS_MEMORY_OPENED;
	struct dentry *dentry = BPF_CORE_READ(file, f_path.dentry);

	bpf_probe_read_kernel_str(name, sizeof(name), BPF_CORE_READ(dentry, d_name.name));
	if (magic == MAGIC_PROC && is_same(name, "mem", sizeof("mem")))
		kind = KIND_PROCESS_MEMORY_OPENED;
	else if (magic == MAGIC_TRACEFS && is_same(name, "uprobe_events", sizeof(name)))
		kind = KIND_UPROBE_SET;
	else
		return;
	struct key key = key_of_process(kind, BPF_CORE_READ(file, f_inode, i_ino));
	struct scratch *scratch = begin(kind, count(&key));
	if (!scratch)
		return;
	set_target(scratch, 0);
	scratch->record.descriptor = descriptor;
	/* The folder is the number of the process; for uprobes it says nothing. */
	end_action(scratch, bpf_probe_read_kernel_str(scratch->text, DETAIL_BYTES,
						      BPF_CORE_READ(dentry, d_parent, d_name.name)));
}

static __always_inline int opened(struct result *result)
{
	if (result->value < 0)
		return 0;
	struct file *file = open_file(result->value);
	__u32 mode = BPF_CORE_READ((struct file___mode *)file, f_mode);
	int is_read = settings.interpreted && is_interpreter() && (mode & FMODE_READ);
	if (!is_read && !(mode & FMODE_WRITE))
		return 0;
	__u64 magic = BPF_CORE_READ(file, f_inode, i_sb, s_magic);
	if (is_own())
		return 0;
	if ((mode & FMODE_WRITE) && (magic == MAGIC_PROC || magic == MAGIC_TRACEFS))
		opened_for_writing(file, magic, result->value);
	else if (is_read && !is_pseudo(magic) && is_regular(file))
		report_file(KIND_OPENED, file, result->value);
	return 0;
}

SEC("tp/syscalls/sys_exit_openat")
int exit_openat(struct result *result)
{
	return opened(result);
}

SEC("tp/syscalls/sys_exit_open")
int exit_open(struct result *result)
{
	return opened(result);
}

SEC("tp/syscalls/sys_exit_openat2")
int exit_openat2(struct result *result)
{
	return opened(result);
}
