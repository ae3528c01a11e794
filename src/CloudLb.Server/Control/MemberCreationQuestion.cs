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

/// <summary>Makes a member and its key, with load balancers that there are.</summary>
internal sealed class MemberCreationQuestion(
    MemberChanges changes, MemberReport report, IResourceStore store, IOptions<MemberOptions> options) : IControlQuestion
{
    public string Path => ControlPaths.CreateMember;

    public bool IsChange => true;

    public async Task<object?> AnswerAsync(IQueryCollection query, CancellationToken cancellationToken)
    {
        if ((string?)query[ControlPaths.Account] is not { } account || !AccountId.IsValid(account)
            || (string?)query[ControlPaths.Region] is not { Length: > 0 } region)
        {
            return new MemberAnswer { Fault = "The account or the region of the member is none." };
        }

        var member = new Member
        {
            Key = new(new(account), $"{query[ControlPaths.Name]}"),
            Region = region,
            Instance = $"{query[ControlPaths.Instance]}",
            LoadBalancers =
            [
                .. $"{query[ControlPaths.LoadBalancerNames]}".Split(',').Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
            ],
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

    private TimeSpan? LeaseOf(string? seconds)
    {
        var lease = int.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? TimeSpan.FromSeconds(number)
            : options.Value.Lease;
        return lease > TimeSpan.Zero ? lease : null;
    }
}
