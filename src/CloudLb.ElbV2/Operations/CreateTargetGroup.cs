using System.Globalization;
using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core;
using CloudLb.Core.Inventory;
using CloudLb.Core.Resources;
using CloudLb.ElbV2.Contracts;
using CloudLb.ElbV2.Domain;
using CloudLb.ElbV2.Mapping;
using TargetGroup = CloudLb.ElbV2.Domain.TargetGroup;

namespace CloudLb.ElbV2.Operations;

/// <summary>Makes a target group. Made again with the same settings it is the one there is; with others it is refused.</summary>
internal sealed class CreateTargetGroup(IResourceStore store, Networks networks, Quotas quotas)
    : IOperation<CreateTargetGroupRequest, CreateTargetGroupResponse>
{
    public async Task<CreateTargetGroupResponse> ExecuteAsync(
        CreateTargetGroupRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var requested = await RequestedAsync(request, caller, cancellationToken);
        var (created, after) = await store.ChangeAsync(
            snapshot =>
            {
                var groups = snapshot.TargetGroups.Of(requested.Scope);
                if (groups.Find(requested.Name) is { } existing)
                {
                    return (snapshot, (existing.MatchRepeatedCreation(requested), snapshot));
                }

                if (groups.Count >= quotas.TargetGroups)
                {
                    throw Errors.TooManyTargetGroups.Because(
                        $"The maximum number of target groups has been reached: [{quotas.TargetGroups}]");
                }

                var next = snapshot.With(TargetGroupCollection.Kind, requested);
                return (next, (requested, next));
            },
            cancellationToken);

        return new() { TargetGroups = [created.ToWire(after)] };
    }

    private async Task<TargetGroup> RequestedAsync(CreateTargetGroupRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var name = ResourceNames.CheckTargetGroup(request.Name);
        var type = TargetGroupMapping.TypeOf(request.TargetType);
        var protocol = TargetGroupMapping.ProtocolOf(request.Protocol);
        TargetGroupMapping.CheckType(type, protocol);
        var version = TargetGroupMapping.VersionOf(request.ProtocolVersion, protocol);
        var isIPv6 = AddressTypeMapping.IsIPv6(request.IpAddressType, type, protocol);
        if (request.TargetControlPort is { } controlPort)
        {
            throw NotCarried.Because("TargetControlPort", controlPort.ToString(CultureInfo.InvariantCulture));
        }

        if (request.Port is not { } port)
        {
            throw CommonErrors.ValidationError.Because("A port must be specified");
        }

        return new TargetGroup
        {
            Arn = Arn.OfTargetGroup(caller.AccountId(), caller.Region, name),
            TargetType = type,
            Protocol = protocol,
            ProtocolVersion = version,
            IsIPv6 = isIPv6,
            Port = port,
            VpcId = await VpcAsync(request.VpcId, caller, cancellationToken),
            HealthCheck = HealthCheckRules.Create(protocol, version, type, TargetGroupMapping.HealthCheckOf(request)),
            Tags = default(EquatableArray<Core.Resources.Tag>).With(request.Tags.ToDomain(), quotas),
        }.Checked();
    }

    private async Task<string> VpcAsync(string? vpcId, Caller caller, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(vpcId))
        {
            throw CommonErrors.ValidationError.Because("A VPC ID must be specified");
        }

        var network = await networks.FindAsync(caller.AccountId(), caller.Region, [vpcId], cancellationToken);
        return network.FindVpc(vpcId) is not null
            ? vpcId
            : throw CommonErrors.ValidationError.Because($"The VPC ID '{ResourceNames.Cut(vpcId)}' is not found");
    }
}
