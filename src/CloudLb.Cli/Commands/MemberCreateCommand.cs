using System.CommandLine;
using CloudLb.Cli.Control;
using CloudLb.Cli.Members;

namespace CloudLb.Cli.Commands;

/// <summary>
/// <c>cloudlb member create NAME</c>: makes a member with a key of its own, and prints what makes a machine that member: a document for
/// cloud-init, or the settings alone. Nothing is made before everything that was given is known to be good.
/// </summary>
internal static class MemberCreateCommand
{
    /// <summary>Two calls may be lost.</summary>
    private const int RenewalsInALease = 3;

    public static Command Create(Func<EffectiveSettings> settings)
    {
        var options = new MemberOptions();
        var command = new Command(
            "create",
            "Make a key that can only register one machine with these load balancers or target groups, and print what the machine needs.");
        options.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var control = new ControlClient(settings().ControlSocket);
            var server = await control.GetServerAsync(cancellationToken);
            var setup = options.Read(parsed, server);
            var others = options.ReadOthers(parsed);
            var (account, region) = await OwnerAsync(control, options, parsed, setup, cancellationToken);
            var answer = await control.CreateMemberAsync(
                new()
                {
                    Account = account, Region = region, Name = parsed.GetValue(options.Name)!, Instance = setup.Instance,
                    LoadBalancers = setup.LoadBalancers, TargetGroups = setup.TargetGroups,
                    LeaseSeconds = parsed.GetValue(options.Lease),
                },
                cancellationToken);
            if (answer is not { Member: { AccessKeyIds: [var keyId, ..] } made, SecretAccessKey: { } secret })
            {
                throw new CommandException(Printable.Of(answer.Fault ?? "The server has made no key."));
            }

            var complete = setup with
            {
                Region = made.Region, AccessKeyId = keyId, SecretAccessKey = secret, LoadBalancers = made.LoadBalancers,
                TargetGroups = made.TargetGroups, RenewSeconds = made.LeaseSeconds / RenewalsInALease,
            };
            Console.Out.Write(parsed.GetValue(options.Format) switch
            {
                "env" => MemberFiles.SettingsOf(complete),
                "mime" => CloudConfig.MultipartOf(complete, others),
                _ => CloudConfig.Of(complete),
            });
            if (setup.Endpoint.IsLoopback)
            {
                await Console.Error.WriteLineAsync(
                    $"cloudlb: the member is told that the API is at {setup.Endpoint}, which this machine alone reaches. " +
                    "For another machine, delete the member and name the API's address as it sees it with --endpoint.");
            }
        });
        return command;
    }

    /// <summary>
    /// The account and region of the first load balancer; the server looks whether the others are there too. Target groups it alone finds.
    /// </summary>
    private static async Task<(string? Account, string? Region)> OwnerAsync(
        ControlClient control, MemberOptions options, ParseResult parsed, MemberSetup setup, CancellationToken cancellationToken)
    {
        if (setup.LoadBalancers is not [var loadBalancer, ..])
        {
            return (parsed.GetValue(options.Account), parsed.GetValue(options.Region));
        }

        var found = NamedLoadBalancer.Single(
            await control.GetLoadBalancersAsync(loadBalancer, cancellationToken), loadBalancer, parsed.GetValue(options.Account),
            parsed.GetValue(options.Region));
        return (found.Account, found.Region);
    }
}
