import type { CdnArgs } from "@pulumi/digitalocean/cdn.js";
import type { CertificateArgs } from "@pulumi/digitalocean/certificate.js";
import type { DatabaseClusterArgs } from "@pulumi/digitalocean/databaseCluster.js";
import type { DatabaseConnectionPoolArgs } from "@pulumi/digitalocean/databaseConnectionPool.js";
import type { DatabaseDbArgs } from "@pulumi/digitalocean/databaseDb.js";
import type { DatabaseFirewallArgs } from "@pulumi/digitalocean/databaseFirewall.js";
import type { DatabaseMysqlConfigArgs } from "@pulumi/digitalocean/databaseMysqlConfig.js";
import type { DatabasePostgresqlConfigArgs } from "@pulumi/digitalocean/databasePostgresqlConfig.js";
import type { DatabaseReplicaArgs } from "@pulumi/digitalocean/databaseReplica.js";
import type { DatabaseUserArgs } from "@pulumi/digitalocean/databaseUser.js";
import type { DatabaseValkeyConfigArgs } from "@pulumi/digitalocean/databaseValkeyConfig.js";
import type { DnsRecordArgs } from "@pulumi/digitalocean/dnsRecord.js";
import type { DropletArgs } from "@pulumi/digitalocean/droplet.js";
import type { DropletAutoscaleArgs } from "@pulumi/digitalocean/dropletAutoscale.js";
import type { FirewallArgs } from "@pulumi/digitalocean/firewall.js";
import type { KubernetesClusterArgs } from "@pulumi/digitalocean/kubernetesCluster.js";
import type { KubernetesNodePoolArgs } from "@pulumi/digitalocean/kubernetesNodePool.js";
import type { LoadBalancerArgs } from "@pulumi/digitalocean/loadBalancer.js";
import type { MonitorAlertArgs } from "@pulumi/digitalocean/monitorAlert.js";
import type { ProjectArgs } from "@pulumi/digitalocean/project.js";
import type { ProjectResourcesArgs } from "@pulumi/digitalocean/projectResources.js";
import type { ReservedIpArgs } from "@pulumi/digitalocean/reservedIp.js";
import type { ReservedIpAssignmentArgs } from "@pulumi/digitalocean/reservedIpAssignment.js";
import type { SpacesBucketArgs } from "@pulumi/digitalocean/spacesBucket.js";
import type { SpacesBucketCorsConfigurationArgs } from "@pulumi/digitalocean/spacesBucketCorsConfiguration.js";
import type { SpacesBucketObjectArgs } from "@pulumi/digitalocean/spacesBucketObject.js";
import type { SpacesKeyArgs } from "@pulumi/digitalocean/spacesKey.js";
import type { TagArgs } from "@pulumi/digitalocean/tag.js";
import type { UptimeAlertArgs } from "@pulumi/digitalocean/uptimeAlert.js";
import type { UptimeCheckArgs } from "@pulumi/digitalocean/uptimeCheck.js";
import type { VolumeArgs } from "@pulumi/digitalocean/volume.js";
import type { VolumeAttachmentArgs } from "@pulumi/digitalocean/volumeAttachment.js";
import type { VolumeSnapshotArgs } from "@pulumi/digitalocean/volumeSnapshot.js";
import type { VpcArgs } from "@pulumi/digitalocean/vpc.js";
import type { CustomResource, CustomResourceOptions } from "@pulumi/pulumi";
import { transforms } from "../../transforms.ts";
import type { PlainRecord, Role } from "../../words.ts";
import { RoleComponent } from "../component.ts";
import { type Transform, transformed } from "../transform.ts";

/** Every kind of child this provider's components declare, with its inputs. */
export interface Children {
	readonly cdn: CdnArgs;
	readonly certificate: CertificateArgs;
	readonly databaseCluster: DatabaseClusterArgs;
	readonly databaseConnectionPool: DatabaseConnectionPoolArgs;
	readonly databaseDb: DatabaseDbArgs;
	readonly databaseFirewall: DatabaseFirewallArgs;
	readonly databaseMysqlConfig: DatabaseMysqlConfigArgs;
	readonly databasePostgresqlConfig: DatabasePostgresqlConfigArgs;
	readonly databaseReplica: DatabaseReplicaArgs;
	readonly databaseUser: DatabaseUserArgs;
	readonly databaseValkeyConfig: DatabaseValkeyConfigArgs;
	readonly dnsRecord: DnsRecordArgs;
	readonly droplet: DropletArgs;
	readonly dropletAutoscale: DropletAutoscaleArgs;
	readonly firewall: FirewallArgs;
	readonly kubernetesCluster: KubernetesClusterArgs;
	readonly kubernetesNodePool: KubernetesNodePoolArgs;
	readonly loadBalancer: LoadBalancerArgs;
	readonly monitorAlert: MonitorAlertArgs;
	readonly project: ProjectArgs;
	readonly projectResources: ProjectResourcesArgs;
	readonly reservedIp: ReservedIpArgs;
	readonly reservedIpAssignment: ReservedIpAssignmentArgs;
	readonly spacesBucket: SpacesBucketArgs;
	readonly spacesBucketCorsConfiguration: SpacesBucketCorsConfigurationArgs;
	readonly spacesBucketObject: SpacesBucketObjectArgs;
	readonly spacesKey: SpacesKeyArgs;
	readonly tag: TagArgs;
	readonly uptimeAlert: UptimeAlertArgs;
	readonly uptimeCheck: UptimeCheckArgs;
	readonly volume: VolumeArgs;
	readonly volumeAttachment: VolumeAttachmentArgs;
	readonly volumeSnapshot: VolumeSnapshotArgs;
	readonly vpc: VpcArgs;
}

/** The escape hatch of this provider: one typed function a kind of child. */
export type DigitalOceanTransforms = { readonly [Kind in keyof Children]?: Transform<Children[Kind]> };

type Class<Args, Made> = new (name: string, args: Args, options?: CustomResourceOptions) => Made;

/** Base of this provider's components: children pass the project's transforms on their way. */
export abstract class DigitalOceanComponent extends RoleComponent {
	protected constructor(role: Role, name: string, told: PlainRecord = {}) {
		super("digitalocean", role, name, {}, told);
	}

	/**
	 * Declares a child after the project's transform for its kind.
	 *
	 * @param kind which transform applies.
	 * @param name frozen logical name, starting with the component's.
	 */
	protected declare<Kind extends keyof Children, Made extends CustomResource>(
		kind: Kind,
		type: Class<Children[Kind], Made>,
		name: string,
		args: Children[Kind],
		options: CustomResourceOptions = {},
	): Made {
		return this.add(type, name, transformed(transforms.digitalocean[kind], args, name), options);
	}
}
