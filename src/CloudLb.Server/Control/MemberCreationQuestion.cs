using System.Globalization;
using CloudLb.Cli.Control;
using CloudLb.Core;
using CloudLb.Core.Accounts;
using CloudLb.Core.Leases;
using CloudLb.Core.Resources;
using CloudLb.Elb.Domain;
using CloudLb.Iam.Members;
using CloudLb.Operator.Control;
using Microsoft.Extensions.Options;

namespace CloudLb.Server.Control;

/// <summary>Makes a member and its key, with load balancers and target groups that there are.</summary>
internal sealed class MemberCreationQuestion(
    MemberChanges changes, MemberReport report, IResourceStore store, IOptions<MemberOptions> options) : IControlQuestion
{
    public string Path => ControlPaths.CreateMember;

    public bool IsChange => true;

    public async Task<object?> AnswerAsync(IQueryCollection query, CancellationToken cancellationToken)
    {
        var (groups, missingGroup) = MemberTargetGroups.Find(
            store.Current, query[ControlPaths.Account], query[ControlPaths.Region], Listed(query[ControlPaths.TargetGroups]),
            $"{query[ControlPaths.Instance]}");
        if (missingGroup is not null)
        {
            return new MemberAnswer { Fault = missingGroup };
        }

        if (((string?)query[ControlPaths.Account] ?? groups.FirstOrDefault()?.Arn.Account.ToString()) is not { } account
            || !AccountId.IsValid(account)
            || ((string?)query[ControlPaths.Region] ?? groups.FirstOrDefault()?.Arn.Region) is not { Length: > 0 } region)
        {
            return new MemberAnswer { Fault = "The account or the region of the member is none." };
        }

        var member = new Member
        {
            Key = new(new(account), $"{query[ControlPaths.Name]}"),
            Region = region,
            Instance = $"{query[ControlPaths.Instance]}",
            LoadBalancers = [.. Listed(query[ControlPaths.LoadBalancerNames])],
            TargetGroups = [.. groups.Select(group => group.Arn.ToString()).Distinct().Order(StringComparer.Ordinal)],
            Lease = LeaseOf(query[ControlPaths.Lease]),
            CreateDate = default,
        };
        if (member.LoadBalancers.FirstOrDefault(name => store.Current.LoadBalancers.Find(new(member.Key.Account, region, name)) is null)
            is { } missing)
        {
            return new MemberAnswer { Fault = $"There is no load balancer named '{missing}' in account {account} and region {region}." };
        }

        try
        {
            var (key, fault) = await changes.CreateAsync(member, cancellationToken);
            return key is null
                ? new MemberAnswer { Fault = fault }
                : new MemberAnswer { Member = report.Of(member), SecretAccessKey = key.SecretAccessKey };
        }
        catch (ServiceException exception)
        {
            return new MemberAnswer { Fault = exception.Message };
        }
    }

    private static IEnumerable<string> Listed(string? names) => (names ?? "")
        .Split(',', StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    private TimeSpan? LeaseOf(string? seconds)
    {
        var lease = int.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? TimeSpan.FromSeconds(number)
            : options.Value.Lease;
        return lease > TimeSpan.Zero ? lease : null;
    }
}
