# Runs the program named first from an in-memory file, with the rest as its arguments.
# memfd_create is system call 319 on x86-64. // linux arch/x86/entry/syscalls/syscall_64.tbl
use strict;
use warnings;

my ($program, @arguments) = @ARGV;
open(my $in, '<:raw', $program) or die "open $program: $!\n";
my $code = do { local $/; <$in> };
my $name = 'exonward-demo';
my $fd = syscall(319, $name, 0);
die "memfd_create: $!\n" if $fd < 0;
open(my $memory, '>&=:raw', $fd) or die "memfd: $!\n";
print {$memory} $code or die "write: $!\n";
$memory->flush();
# A second, read-only description: a file open for writing cannot be executed.
open(my $readable, '<:raw', "/proc/self/fd/$fd") or die "reopen: $!\n";
close($memory);
exec { '/proc/self/fd/' . fileno($readable) } 'exonward-demo', @arguments or die "exec: $!\n";
