import type { CertificateArgs } from "@pulumi/aws/acm/certificate.js";
import type { CertificateValidationArgs } from "@pulumi/aws/acm/certificateValidation.js";
import type { AttachmentArgs as AutoscalingAttachmentArgs } from "@pulumi/aws/autoscaling/attachment.js";
import type { GroupArgs as AutoscalingGroupArgs } from "@pulumi/aws/autoscaling/group.js";
import type { PolicyArgs as AutoscalingPolicyArgs } from "@pulumi/aws/autoscaling/policy.js";
import type { LogGroupArgs } from "@pulumi/aws/cloudwatch/logGroup.js";
import type { SnapshotArgs as VolumeSnapshotArgs } from "@pulumi/aws/ebs/snapshot.js";
import type { VolumeArgs } from "@pulumi/aws/ebs/volume.js";
import type { DefaultSecurityGroupArgs } from "@pulumi/aws/ec2/defaultSecurityGroup.js";
import type { EipArgs } from "@pulumi/aws/ec2/eip.js";
import type { EipAssociationArgs } from "@pulumi/aws/ec2/eipAssociation.js";
import type { FlowLogArgs } from "@pulumi/aws/ec2/flowLog.js";
import type { InstanceArgs } from "@pulumi/aws/ec2/instance.js";
import type { InternetGatewayArgs } from "@pulumi/aws/ec2/internetGateway.js";
import type { LaunchTemplateArgs } from "@pulumi/aws/ec2/launchTemplate.js";
import type { NatGatewayArgs } from "@pulumi/aws/ec2/natGateway.js";
import type { RouteArgs } from "@pulumi/aws/ec2/route.js";
import type { RouteTableArgs } from "@pulumi/aws/ec2/routeTable.js";
import type { RouteTableAssociationArgs } from "@pulumi/aws/ec2/routeTableAssociation.js";
import type { SecurityGroupArgs } from "@pulumi/aws/ec2/securityGroup.js";
import type { SubnetArgs } from "@pulumi/aws/ec2/subnet.js";
import type { VolumeAttachmentArgs } from "@pulumi/aws/ec2/volumeAttachment.js";
import type { VpcArgs } from "@pulumi/aws/ec2/vpc.js";
import type { VpcEndpointArgs } from "@pulumi/aws/ec2/vpcEndpoint.js";
import type { AccessEntryArgs } from "@pulumi/aws/eks/accessEntry.js";
import type { AccessPolicyAssociationArgs } from "@pulumi/aws/eks/accessPolicyAssociation.js";
import type { AddonArgs } from "@pulumi/aws/eks/addon.js";
import type { ClusterArgs as EksClusterArgs } from "@pulumi/aws/eks/cluster.js";
import type { NodeGroupArgs } from "@pulumi/aws/eks/nodeGroup.js";
import type { PodIdentityAssociationArgs } from "@pulumi/aws/eks/podIdentityAssociation.js";
import type { AccessKeyArgs } from "@pulumi/aws/iam/accessKey.js";
import type { InstanceProfileArgs } from "@pulumi/aws/iam/instanceProfile.js";
import type { RoleArgs } from "@pulumi/aws/iam/role.js";
import type { RolePolicyArgs } from "@pulumi/aws/iam/rolePolicy.js";
import type { RolePolicyAttachmentArgs } from "@pulumi/aws/iam/rolePolicyAttachment.js";
import type { UserArgs } from "@pulumi/aws/iam/user.js";
import type { UserPolicyArgs } from "@pulumi/aws/iam/userPolicy.js";
import type { ListenerArgs } from "@pulumi/aws/lb/listener.js";
import type { LoadBalancerArgs } from "@pulumi/aws/lb/loadBalancer.js";
import type { TargetGroupArgs } from "@pulumi/aws/lb/targetGroup.js";
import type { TargetGroupAttachmentArgs } from "@pulumi/aws/lb/targetGroupAttachment.js";
import type { HealthCheckArgs } from "@pulumi/aws/route53/healthCheck.js";
import type { RecordArgs } from "@pulumi/aws/route53/record.js";
import type { SecretArgs } from "@pulumi/aws/secretsmanager/secret.js";
import type { SecretVersionArgs } from "@pulumi/aws/secretsmanager/secretVersion.js";
import type { ParameterArgs } from "@pulumi/aws/ssm/parameter.js";
import type { SecurityGroupEgressRuleArgs } from "@pulumi/aws/vpc/securityGroupEgressRule.js";
import type { SecurityGroupIngressRuleArgs } from "@pulumi/aws/vpc/securityGroupIngressRule.js";
import type { WebAclArgs } from "@pulumi/aws/wafv2/webAcl.js";
import type { WebAclAssociationArgs } from "@pulumi/aws/wafv2/webAclAssociation.js";
import type { WebAclLoggingConfigurationArgs } from "@pulumi/aws/wafv2/webAclLoggingConfiguration.js";
import type { CustomResource, CustomResourceOptions } from "@pulumi/pulumi";
import { transforms } from "../../transforms.ts";
import type { PlainRecord, Role } from "../../words.ts";
import { RoleComponent } from "../component.ts";
import { type Transform, transformed } from "../transform.ts";
import type { DataChildren } from "./dataChild.ts";
import type { Site } from "./site.ts";

/** Kinds of the roles that stand between users and data: network, application, load balancer, DNS. */
interface FrontChildren {
	readonly accessEntry: AccessEntryArgs;
	readonly accessKey: AccessKeyArgs;
	readonly accessPolicyAssociation: AccessPolicyAssociationArgs;
	readonly addon: AddonArgs;
	readonly autoscalingAttachment: AutoscalingAttachmentArgs;
	readonly autoscalingGroup: AutoscalingGroupArgs;
	readonly autoscalingPolicy: AutoscalingPolicyArgs;
	readonly certificate: CertificateArgs;
	readonly certificateValidation: CertificateValidationArgs;
	readonly defaultSecurityGroup: DefaultSecurityGroupArgs;
	readonly eip: EipArgs;
	readonly eipAssociation: EipAssociationArgs;
	readonly eksCluster: EksClusterArgs;
	readonly flowLog: FlowLogArgs;
	readonly healthCheck: HealthCheckArgs;
	readonly instance: InstanceArgs;
	readonly instanceProfile: InstanceProfileArgs;
	readonly internetGateway: InternetGatewayArgs;
	readonly launchTemplate: LaunchTemplateArgs;
	readonly listener: ListenerArgs;
	readonly loadBalancer: LoadBalancerArgs;
	readonly logGroup: LogGroupArgs;
	readonly natGateway: NatGatewayArgs;
	readonly nodeGroup: NodeGroupArgs;
	readonly parameter: ParameterArgs;
	readonly podIdentityAssociation: PodIdentityAssociationArgs;
	readonly record: RecordArgs;
	readonly role: RoleArgs;
	readonly rolePolicy: RolePolicyArgs;
	readonly rolePolicyAttachment: RolePolicyAttachmentArgs;
	readonly route: RouteArgs;
	readonly routeTable: RouteTableArgs;
	readonly routeTableAssociation: RouteTableAssociationArgs;
	readonly secret: SecretArgs;
	readonly secretVersion: SecretVersionArgs;
	readonly securityGroup: SecurityGroupArgs;
	readonly securityGroupEgressRule: SecurityGroupEgressRuleArgs;
	readonly securityGroupIngressRule: SecurityGroupIngressRuleArgs;
	readonly subnet: SubnetArgs;
	readonly targetGroup: TargetGroupArgs;
	readonly targetGroupAttachment: TargetGroupAttachmentArgs;
	readonly user: UserArgs;
	readonly userPolicy: UserPolicyArgs;
	readonly volume: VolumeArgs;
	readonly volumeAttachment: VolumeAttachmentArgs;
	readonly volumeSnapshot: VolumeSnapshotArgs;
	readonly vpc: VpcArgs;
	readonly vpcEndpoint: VpcEndpointArgs;
	readonly webAcl: WebAclArgs;
	readonly webAclAssociation: WebAclAssociationArgs;
	readonly webAclLoggingConfiguration: WebAclLoggingConfigurationArgs;
}

/** Every kind of child this provider's components declare, with its inputs. */
export interface Children extends FrontChildren, DataChildren {}

/** The escape hatch of this provider: one typed function a kind of child. */
export type AwsTransforms = { readonly [Kind in keyof Children]?: Transform<Children[Kind]> };

type Class<Args, Made> = new (name: string, args: Args, options?: CustomResourceOptions) => Made;

/** Base of this provider's components: children pass the project's transforms on their way. */
export abstract class AwsComponent extends RoleComponent {
	protected constructor(role: Role, name: string, { provider }: Pick<Site, "provider">, told: PlainRecord = {}) {
		super("aws", role, name, { providers: [provider] }, told);
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
		return this.add(type, name, transformed(transforms.aws[kind], args, name), options);
	}
}
