/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
 *
 * Kernel structures, with only the members that are read; libbpf relocates the accesses to the
 * running kernel (CO-RE), so that one object serves every kernel from 5.8 on. Members whose name
 * changed over time are declared once for each name ("flavors", after the three underscores).
 */
#ifndef EXONWARD_KERNEL_H
#define EXONWARD_KERNEL_H

#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_tracing.h>

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
	__u32 s_fsnotify_mask;
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

#endif
