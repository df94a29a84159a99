/** One size as DigitalOcean's own client lists it. */
export interface DropletFact {
	readonly slug: string;
	readonly vcpu: number;
	readonly memoryMib: number;
	readonly diskGb: number;
	readonly monthlyUsd: number;
	readonly hourlyUsd: number;
}

/**
 * Output of `doctl compute size list` of 2025-08-23, as kept in github.com/boxcutter/oci (doctl/README.md, 50a34de):
 * slug, vCPUs, memory in MiB, disk in GB, USD a month, USD an hour. GPU sizes are left out.
 */
const LISTED = `
s-1vcpu-512mb-10gb         1     512    10     4.00 0.005950
s-1vcpu-1gb                1    1024    25     6.00 0.008930
s-1vcpu-1gb-amd            1    1024    25     7.00 0.010420
s-1vcpu-1gb-intel          1    1024    25     7.00 0.010420
s-1vcpu-1gb-35gb-intel     1    1024    35     8.00 0.011900
s-1vcpu-2gb                1    2048    50    12.00 0.017860
s-1vcpu-2gb-amd            1    2048    50    14.00 0.020830
s-1vcpu-2gb-intel          1    2048    50    14.00 0.020830
s-1vcpu-2gb-70gb-intel     1    2048    70    16.00 0.023810
s-2vcpu-2gb                2    2048    60    18.00 0.026790
s-2vcpu-2gb-amd            2    2048    60    21.00 0.031250
s-2vcpu-2gb-intel          2    2048    60    21.00 0.031250
s-2vcpu-2gb-90gb-intel     2    2048    90    24.00 0.035710
s-2vcpu-4gb                2    4096    80    24.00 0.035710
s-2vcpu-4gb-amd            2    4096    80    28.00 0.041670
s-2vcpu-4gb-intel          2    4096    80    28.00 0.041670
s-2vcpu-4gb-120gb-intel    2    4096   120    32.00 0.047620
s-2vcpu-8gb-amd            2    8192   100    42.00 0.062500
c-2                        2    4096    25    42.00 0.062500
c2-2vcpu-4gb               2    4096    50    47.00 0.069940
s-2vcpu-8gb-160gb-intel    2    8192   160    48.00 0.071430
s-4vcpu-8gb                4    8192   160    48.00 0.071430
s-4vcpu-8gb-amd            4    8192   160    56.00 0.083330
s-4vcpu-8gb-intel          4    8192   160    56.00 0.083330
g-2vcpu-8gb                2    8192    25    63.00 0.093750
s-4vcpu-8gb-240gb-intel    4    8192   240    64.00 0.095240
gd-2vcpu-8gb               2    8192    50    68.00 0.101190
g-2vcpu-8gb-intel          2    8192    30    76.00 0.113100
gd-2vcpu-8gb-intel         2    8192    60    79.00 0.117560
s-4vcpu-16gb-amd           4   16384   200    84.00 0.125000
m-2vcpu-16gb               2   16384    50    84.00 0.125000
c-4                        4    8192    50    84.00 0.125000
c2-4vcpu-8gb               4    8192   100    94.00 0.139880
s-4vcpu-16gb-320gb-intel   4   16384   320    96.00 0.142860
s-8vcpu-16gb               8   16384   320    96.00 0.142860
m-2vcpu-16gb-intel         2   16384    50    99.00 0.147320
m3-2vcpu-16gb              2   16384   150   104.00 0.154760
c-4-intel                  4    8192    50   109.00 0.162200
m3-2vcpu-16gb-intel        2   16384   150   110.00 0.163690
s-8vcpu-16gb-amd           8   16384   320   112.00 0.166670
s-8vcpu-16gb-intel         8   16384   320   112.00 0.166670
c2-4vcpu-8gb-intel         4    8192   100   122.00 0.181550
g-4vcpu-16gb               4   16384    50   126.00 0.187500
s-8vcpu-16gb-480gb-intel   8   16384   480   128.00 0.190480
so-2vcpu-16gb-intel        2   16384   300   131.00 0.194940
so-2vcpu-16gb              2   16384   300   131.00 0.194940
m6-2vcpu-16gb              2   16384   300   131.00 0.194940
gd-4vcpu-16gb              4   16384   100   136.00 0.202380
so1_5-2vcpu-16gb-intel     2   16384   450   139.00 0.206850
g-4vcpu-16gb-intel         4   16384    60   151.00 0.224700
gd-4vcpu-16gb-intel        4   16384   120   158.00 0.235120
so1_5-2vcpu-16gb           2   16384   450   163.00 0.242560
s-8vcpu-32gb-amd           8   32768   400   168.00 0.250000
m-4vcpu-32gb               4   32768   100   168.00 0.250000
c-8                        8   16384   100   168.00 0.250000
c2-8vcpu-16gb              8   16384   200   188.00 0.279760
s-8vcpu-32gb-640gb-intel   8   32768   640   192.00 0.285710
m-4vcpu-32gb-intel         4   32768   100   198.00 0.294640
m3-4vcpu-32gb              4   32768   300   208.00 0.309520
c-8-intel                  8   16384   100   218.00 0.324400
m3-4vcpu-32gb-intel        4   32768   300   220.00 0.327380
c2-8vcpu-16gb-intel        8   16384   200   244.00 0.363100
g-8vcpu-32gb               8   32768   100   252.00 0.375000
so-4vcpu-32gb-intel        4   32768   600   262.00 0.389880
so-4vcpu-32gb              4   32768   600   262.00 0.389880
m6-4vcpu-32gb              4   32768   600   262.00 0.389880
gd-8vcpu-32gb              8   32768   200   272.00 0.404760
so1_5-4vcpu-32gb-intel     4   32768   900   278.00 0.413690
g-8vcpu-32gb-intel         8   32768   120   302.00 0.449400
gd-8vcpu-32gb-intel        8   32768   240   317.00 0.471730
so1_5-4vcpu-32gb           4   32768   900   326.00 0.485120
m-8vcpu-64gb               8   65536   200   336.00 0.500000
c-16                      16   32768   200   336.00 0.500000
c2-16vcpu-32gb            16   32768   400   376.00 0.559520
m-8vcpu-64gb-intel         8   65536   200   396.00 0.589290
m3-8vcpu-64gb              8   65536   600   416.00 0.619050
c-16-intel                16   32768   200   437.00 0.650300
m3-8vcpu-64gb-intel        8   65536   600   440.00 0.654760
c2-16vcpu-32gb-intel      16   32768   400   489.00 0.727680
g-16vcpu-64gb             16   65536   200   504.00 0.750000
so-8vcpu-64gb-intel        8   65536  1200   524.00 0.779760
so-8vcpu-64gb              8   65536  1200   524.00 0.779760
m6-8vcpu-64gb              8   65536  1200   524.00 0.779760
gd-16vcpu-64gb            16   65536   400   544.00 0.809520
so1_5-8vcpu-64gb-intel     8   65536  1800   556.00 0.827380
g-16vcpu-64gb-intel       16   65536   240   605.00 0.900300
gd-16vcpu-64gb-intel      16   65536   480   634.00 0.943450
so1_5-8vcpu-64gb           8   65536  1800   652.00 0.970240
m-16vcpu-128gb            16  131072   400   672.00 1.000000
c-32                      32   65536   400   672.00 1.000000
c2-32vcpu-64gb            32   65536   800   752.00 1.119050
m-16vcpu-128gb-intel      16  131072   400   792.00 1.178570
m3-16vcpu-128gb           16  131072  1200   832.00 1.238100
c-32-intel                32   65536   400   874.00 1.300600
m3-16vcpu-128gb-intel     16  131072  1200   880.00 1.309520
c2-32vcpu-64gb-intel      32   65536   800   978.00 1.455360
c-48                      48   98304   600  1008.00 1.500000
m-24vcpu-192gb            24  196608   600  1008.00 1.500000
g-32vcpu-128gb            32  131072   400  1008.00 1.500000
so-16vcpu-128gb-intel     16  131072  2400  1048.00 1.559520
so-16vcpu-128gb           16  131072  2400  1048.00 1.559520
m6-16vcpu-128gb           16  131072  2400  1048.00 1.559520
gd-32vcpu-128gb           32  131072   800  1088.00 1.619050
so1_5-16vcpu-128gb-intel  16  131072  3600  1112.00 1.654760
c2-48vcpu-96gb            48   98304  1200  1128.00 1.678570
m-24vcpu-192gb-intel      24  196608   600  1188.00 1.767860
g-32vcpu-128gb-intel      32  131072   480  1210.00 1.800600
m3-24vcpu-192gb           24  196608  1800  1248.00 1.857140
g-40vcpu-160gb            40  163840   500  1260.00 1.875000
gd-32vcpu-128gb-intel     32  131072   960  1268.00 1.886900
so1_5-16vcpu-128gb        16  131072  3600  1304.00 1.940480
c-48-intel                48   98304   600  1310.00 1.949400
m3-24vcpu-192gb-intel     24  196608  1800  1320.00 1.964290
m-32vcpu-256gb            32  262144   800  1344.00 2.000000
gd-40vcpu-160gb           40  163840  1000  1360.00 2.023810
c2-48vcpu-96gb-intel      48   98304  1200  1466.00 2.181550
so-24vcpu-192gb-intel     24  196608  3600  1572.00 2.339290
so-24vcpu-192gb           24  196608  3600  1572.00 2.339290
m6-24vcpu-192gb           24  196608  3600  1572.00 2.339290
m-32vcpu-256gb-intel      32  262144   800  1584.00 2.357140
c-60-intel                60  122880   750  1639.00 2.438990
m3-32vcpu-256gb           32  262144  2400  1664.00 2.476190
so1_5-24vcpu-192gb-intel  24  196608  5400  1668.00 2.482140
m3-32vcpu-256gb-intel     32  262144  2400  1760.00 2.619050
g-48vcpu-192gb-intel      48  196608   720  1814.00 2.699400
c2-60vcpu-120gb-intel     60  122880  1500  1834.00 2.729170
gd-48vcpu-192gb-intel     48  196608  1440  1901.00 2.828870
so1_5-24vcpu-192gb        24  196608  5400  1956.00 2.910710
so-32vcpu-256gb-intel     32  262144  4800  2096.00 3.119050
so-32vcpu-256gb           32  262144  4800  2096.00 3.119050
m6-32vcpu-256gb           32  262144  4800  2096.00 3.119050
so1_5-32vcpu-256gb-intel  32  262144  7200  2224.00 3.309520
g-60vcpu-240gb-intel      60  245760   900  2269.00 3.376490
m-48vcpu-384gb-intel      48  393216  1200  2376.00 3.535710
gd-60vcpu-240gb-intel     60  245760  1800  2378.00 3.538690
so1_5-32vcpu-256gb        32  262144  7200  2608.00 3.880950
m3-48vcpu-384gb-intel     48  393216  3600  2640.00 3.928570
so-48vcpu-384gb-intel     48  393216  7000  3144.00 4.678570
`;

export const dropletFacts: readonly DropletFact[] = LISTED.trim()
	.split("\n")
	.map((line) => {
		const [slug = "", ...figures] = line.split(/\s+/);
		const [
			vcpu = Number.NaN,
			memoryMib = Number.NaN,
			diskGb = Number.NaN,
			monthlyUsd = Number.NaN,
			hourlyUsd = Number.NaN,
		] = figures.map(Number);
		return { slug, vcpu, memoryMib, diskGb, monthlyUsd, hourlyUsd };
	});
