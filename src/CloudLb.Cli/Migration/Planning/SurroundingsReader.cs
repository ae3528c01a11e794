using System.Text.Json.Nodes;
using CloudLb.Cli.Migration.Reading;

namespace CloudLb.Cli.Migration.Planning;

/// <summary>
/// Asks a server for the certificates, instances and VPCs that a source refers to. In EC2's contract members are called as on the wire.
/// </summary>
internal static class SurroundingsReader
{
    public static async Task<Surroundings> ReadAsync(ApiCalls calls, Estate source, CancellationToken cancellationToken)
    {
        var certificates = await CertificatesAsync(calls, cancellationToken);
        var imported = await ImportedAsync(calls, source, cancellationToken);
        var trustStores = await TrustStoresAsync(calls, cancellationToken);
        var unknown = await UnknownAsync(calls, source, cancellationToken);
        var vpcs = Wire.Items(
            await calls.SendAsync(ApiService.Ec2, "DescribeVpcs", [], cancellationToken), "vpcSet").ToList();
        var standIn = await OfSubnetsAsync(calls, source, cancellationToken)
            ?? Wire.Text(vpcs.Find(vpc => Wire.IsTrue(vpc, "isDefault")) ?? vpcs.FirstOrDefault(), "vpcId");
        return new()
        {
            Certificate = arn => certificates.ContainsValue(arn) || imported.Contains(arn) ? arn
                : MissingCertificate.IsOfIam(arn) ? certificates.GetValueOrDefault(MissingCertificate.NameOf(arn))
                : null,
            TrustStore = arn => trustStores.ContainsValue(arn) ? arn : trustStores.GetValueOrDefault(MissingTrustStore.NameOf(arn)),
            IsInstance = id => !unknown.Contains(id),
            Vpc = id => vpcs.Exists(vpc => Wire.Text(vpc, "vpcId") == id) ? id : standIn,
            ClientSecret = _ => null,
        };
    }

    private static async Task<Dictionary<string, string>> CertificatesAsync(ApiCalls calls, CancellationToken cancellationToken)
    {
        var arns = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var request = new JsonObject(); ;)
        {
            var answer = await calls.SendAsync(ApiService.Iam, "ListServerCertificates", request, cancellationToken);
            foreach (var one in Wire.Items(answer, "ServerCertificateMetadataList"))
            {
                arns[Wire.Text(one, "ServerCertificateName") ?? ""] = Wire.Text(one, "Arn") ?? "";
            }

            if (!Wire.IsTrue(answer, "IsTruncated"))
            {
                return arns;
            }

            request = new() { ["Marker"] = Wire.Text(answer, "Marker") };
        }
    }

    /// <summary>Those of ACM that the source names: a certificate that was imported there is known by its ARN alone.</summary>
    private static async Task<HashSet<string>> ImportedAsync(ApiCalls calls, Estate source, CancellationToken cancellationToken)
    {
        var imported = new HashSet<string>(StringComparer.Ordinal);
        var named = source.Classic.SelectMany(one => Wire.AllTexts(one.Description))
            .Concat(source.Of(V2Kind.Listener).SelectMany(one => Wire.AllTexts(one.Description).Concat(one.Certificates)));
        foreach (var arn in named.Where(MissingCertificate.IsOfAcm).Distinct())
        {
            if (await calls.HasImportedAsync(arn, cancellationToken))
            {
                imported.Add(arn);
            }
        }

        return imported;
    }

    private static async Task<Dictionary<string, string>> TrustStoresAsync(ApiCalls calls, CancellationToken cancellationToken)
    {
        var arns = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var request = new JsonObject(); ;)
        {
            var answer = await calls.SendAsync(ApiService.V2, "DescribeTrustStores", request, cancellationToken);
            foreach (var one in Wire.Items(answer, "TrustStores"))
            {
                arns[Wire.Text(one, "Name") ?? ""] = Wire.Text(one, "TrustStoreArn") ?? "";
            }

            if (Wire.Text(answer, "NextMarker") is not { Length: > 0 } marker)
            {
                return arns;
            }

            request = new() { ["Marker"] = marker };
        }
    }

    /// <summary>
    /// The VPC in which the source's subnets are here, if they are in one: target groups must be where their load balancers are.
    /// </summary>
    private static async Task<string?> OfSubnetsAsync(ApiCalls calls, Estate source, CancellationToken cancellationToken)
    {
        var subnets = source.Of(V2Kind.LoadBalancer).SelectMany(one => Wire.Items(one.Description, "AvailabilityZones"))
            .Select(zone => Wire.Text(zone, "SubnetId")).OfType<string>().Distinct().ToList();
        if (subnets.Count == 0)
        {
            return null;
        }

        try
        {
            var answer = await calls.SendAsync(
                ApiService.Ec2, "DescribeSubnets", new() { ["SubnetId"] = Wire.List(subnets) }, cancellationToken);
            var vpcs = Wire.Items(answer, "subnetSet").Select(subnet => Wire.Text(subnet, "vpcId")).Distinct().ToList();
            return vpcs is [var only] ? only : null;
        }
        catch (RefusedException)
        {
            return null;
        }
    }

    /// <summary>Those of the form <c>i-…</c> that EC2's action does not find; addresses and host names are their own inventory.</summary>
    private static async Task<HashSet<string>> UnknownAsync(ApiCalls calls, Estate source, CancellationToken cancellationToken)
    {
        var ids = source.Classic.SelectMany(one => one.Instances)
            .Concat(
                source.Of(V2Kind.TargetGroup).SelectMany(group => group.Targets).Select(target => Wire.Text(target, "Id")).OfType<string>())
            .Where(id => id.StartsWith("i-", StringComparison.Ordinal)).Distinct().ToList();
        if (ids.Count == 0 || await AreKnownAsync(calls, ids, cancellationToken))
        {
            return [];
        }

        var unknown = new HashSet<string>(StringComparer.Ordinal);
        foreach (var id in ids)
        {
            if (!await AreKnownAsync(calls, [id], cancellationToken))
            {
                unknown.Add(id);
            }
        }

        return unknown;
    }

    private static async Task<bool> AreKnownAsync(ApiCalls calls, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await calls.SendAsync(
                ApiService.Ec2, "DescribeInstances", new() { ["InstanceId"] = Wire.List(ids) }, cancellationToken);
            return Wire.Items(answer, "reservationSet").SelectMany(one => Wire.Items(one, "instancesSet"))
                .Select(one => Wire.Text(one, "instanceId")).ToHashSet().IsSupersetOf(ids);
        }
        catch (RefusedException)
        {
            return false;
        }
    }
}
