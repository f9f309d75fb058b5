/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
 *
 * What a file is, and where it lies.
 */
#ifndef EXONWARD_FILE_H
#define EXONWARD_FILE_H

#include "kernel.h"

#define PATH_BYTES 4096
#define NAME_BYTES 256 /* NAME_MAX and its terminator */
#define PATH_STEPS 64
#define CTIME_NANOS_MASK 0x7fffffff /* the top bit marks a queried time, linux include/linux/fs.h */

/* What a user of the host cannot forge; member of records that user space reads. */
struct file_identity {
	__u64 inode;
	__u64 size_bytes;
	__u64 ctime_seconds;
	__u32 ctime_nanos;
	__u32 device; /* as the kernel holds it: major << 20 | minor */
	__u32 generation;
	__u32 link_count;
	__u32 filesystem_magic;
	__u32 mode;
	__u32 owner_uid;
	__u32 padding;
};

static __always_inline void fill_ctime(struct file_identity *file, struct inode *inode)
{
	struct inode___seconds *seconds = (void *)inode;
	struct inode___timespec *timespec = (void *)inode;
	struct inode___old *old = (void *)inode;

	if (bpf_core_field_exists(seconds->i_ctime_sec)) {
		file->ctime_seconds = BPF_CORE_READ(seconds, i_ctime_sec);
		file->ctime_nanos = BPF_CORE_READ(seconds, i_ctime_nsec) & CTIME_NANOS_MASK;
	} else if (bpf_core_field_exists(timespec->__i_ctime)) {
		file->ctime_seconds = BPF_CORE_READ(timespec, __i_ctime.tv_sec);
		file->ctime_nanos = BPF_CORE_READ(timespec, __i_ctime.tv_nsec) & CTIME_NANOS_MASK;
	} else {
		file->ctime_seconds = BPF_CORE_READ(old, i_ctime.tv_sec);
		file->ctime_nanos = BPF_CORE_READ(old, i_ctime.tv_nsec) & CTIME_NANOS_MASK;
	}
}

static __always_inline void fill_file(struct file_identity *file, struct inode *inode)
{
	file->inode = BPF_CORE_READ(inode, i_ino);
	file->size_bytes = BPF_CORE_READ(inode, i_size);
	file->device = BPF_CORE_READ(inode, i_sb, s_dev);
	file->generation = BPF_CORE_READ(inode, i_generation);
	file->link_count = BPF_CORE_READ(inode, __i_nlink);
	file->filesystem_magic = BPF_CORE_READ(inode, i_sb, s_magic);
	file->mode = BPF_CORE_READ(inode, i_mode);
	file->owner_uid = BPF_CORE_READ(inode, i_uid.val);
	file->padding = 0;
	fill_ctime(file, inode);
}

/* Whether the file was made by memfd_create: it has no link and no directory, and its name says so. */
static __always_inline int is_memfd(struct file_identity *file, struct dentry *dentry)
{
	static const char prefix[6] = "memfd:";
	char name[6] = {};

	if (file->link_count != 0 || BPF_CORE_READ(dentry, d_parent) != dentry)
		return 0;
	bpf_probe_read_kernel(name, sizeof(name), BPF_CORE_READ(dentry, d_name.name));
	for (int i = 0; i < 6; i++)
		if (name[i] != prefix[i])
			return 0;
	return 1;
}

/* Where text is collected. The length lies in memory and not in a register, because the verifier
 * forgets what it knows of memory: the rounds of a loop then look alike to it, and it does not
 * follow each of them apart. Every offset is masked, so that the verifier sees its bound: "bytes"
 * has mask + 1 bytes and room for the longest string behind them. */
struct text {
	__u8 *bytes;
	__u64 *length;
	__u64 mask;
};

/* Appends the components of a path from the leaf to the root, each closed by a zero byte; at most
 * PATH_BYTES + NAME_BYTES. Sets the flag "incomplete" where the path goes deeper or is longer.
 * Returns how many bytes they take. */
static __always_inline __u32 append_path(struct text text, struct path *path, __u32 *flags,
					 __u32 incomplete)
{
	struct dentry *dentry = BPF_CORE_READ(path, dentry);
	struct vfsmount *vfsmount = BPF_CORE_READ(path, mnt);
	__u32 start = *text.length;

	for (int i = 0; i < PATH_STEPS && *text.length - start <= PATH_BYTES; i++) {
		struct dentry *parent = BPF_CORE_READ(dentry, d_parent);

		if (dentry == BPF_CORE_READ(vfsmount, mnt_root)) {
			struct mount *mount =
				(void *)vfsmount - bpf_core_field_offset(struct mount, mnt);
			struct mount *above = BPF_CORE_READ(mount, mnt_parent);

			if (above == mount)
				return *text.length - start;
			dentry = BPF_CORE_READ(mount, mnt_mountpoint);
			vfsmount = (void *)above + bpf_core_field_offset(struct mount, mnt);
			continue;
		}
		long bytes = bpf_probe_read_kernel_str(&text.bytes[*text.length & text.mask],
						       NAME_BYTES, BPF_CORE_READ(dentry, d_name.name));
		if (bytes <= 0)
			break;
		*text.length += bytes;
		if (dentry == parent) /* no directory, as with a memfd */
			return *text.length - start;
		dentry = parent;
	}
	*flags |= incomplete;
	return *text.length - start;
}

#endif
