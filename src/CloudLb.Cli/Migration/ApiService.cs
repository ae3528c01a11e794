using CloudLb.AwsApi;
using CloudLb.Ec2.Contracts;
using CloudLb.Elb.Contracts;
using CloudLb.ElbV2.Contracts;
using CloudLb.Iam.Contracts;

namespace CloudLb.Cli.Migration;

/// <summary>An API as its contract says, under the name that the AWS CLI has for it.</summary>
internal sealed record ApiService(string Name, ServiceContract Contract)
{
    public static ApiService Classic { get; } = new("elb", ElasticLoadBalancingContract.Service);

    public static ApiService V2 { get; } = new("elbv2", ElasticLoadBalancingV2Contract.Service);

    public static ApiService Iam { get; } = new("iam", IamContract.Service);

    public static ApiService Ec2 { get; } = new("ec2", Ec2Contract.Service);

    public OperationContract Operation(string action) => Contract.Operations.First(operation => operation.Name == action);
}
