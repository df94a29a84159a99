// The peer of the diff benchmark: a stack of about the size of the largest tier (some forty resources), in which the
// machine and the database change size. SIZE=large makes the head side; the base side is synthesised beforehand.
const cdk = require("aws-cdk-lib");
const ec2 = require("aws-cdk-lib/aws-ec2");
const rds = require("aws-cdk-lib/aws-rds");
const s3 = require("aws-cdk-lib/aws-s3");

const large = process.env.SIZE === "large";
const app = new cdk.App();
const stack = new cdk.Stack(app, "Bench");
const vpc = new ec2.Vpc(stack, "Vpc", { maxAzs: 2, natGateways: 1 });
for (let slot = 1; slot <= 8; slot++) {
	new ec2.Instance(stack, `App${slot}`, {
		vpc,
		instanceType: new ec2.InstanceType(large ? "t3.xlarge" : "t3.medium"),
		machineImage: ec2.MachineImage.latestAmazonLinux2023(),
	});
}
new rds.DatabaseInstance(stack, "Database", {
	vpc,
	engine: rds.DatabaseInstanceEngine.postgres({ version: rds.PostgresEngineVersion.VER_16 }),
	instanceType: new ec2.InstanceType(large ? "r6g.xlarge" : "t4g.medium"),
});
new s3.Bucket(stack, "Files");
