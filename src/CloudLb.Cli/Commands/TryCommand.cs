using System.CommandLine;
using CloudLb.Cli.Control;
using CloudLb.Cli.Trying;

namespace CloudLb.Cli.Commands;

/// <summary>
/// <c>cloudlb try</c>: a load balancer with two sample web servers, so that a newcomer sees traffic before anything is set up.
/// </summary>
internal static class TryCommand
{
    private const string Name = "cloudlb-try";

    /// <summary>Anybody may listen there, and the load balancer has an address of its own.</summary>
    private const int Port = 8080;

    private const int Requests = 4;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public static Command Create(Func<EffectiveSettings> settings)
    {
        var once = new Option<bool>("--once") { Description = "End after the first answers instead of serving until Ctrl-C." };
        var command = new Command(
            "try", "Start two sample web servers, make a load balancer for them and ask it; all of it goes again at the end.") { once };
        command.SetAction((parsed, cancellationToken) => RunAsync(settings(), parsed.GetValue(once), cancellationToken));
        return command;
    }

    private static async Task RunAsync(EffectiveSettings settings, bool isOnce, CancellationToken cancellationToken)
    {
        using var control = new ControlClient(settings.ControlSocket);
        var server = await control.GetServerAsync(cancellationToken);
        using var calls = new SignedCalls(server);
        await using var samples = await SampleServers.StartAsync(cancellationToken);
        Console.Out.WriteLine(
            $"Two sample web servers: {string.Join(", ", SampleServers.Addresses.Select(address => $"http://{address}:{samples.Port}/"))}");
        try
        {
            await MakeAsync(calls, server, samples.Port, cancellationToken);
            var address = (await InServiceAsync(control, server, cancellationToken)).Address;
            var url = new UriBuilder("http", address, Port).Uri;
            Console.Out.WriteLine($"The load balancer {Name} balances them at {url}. {Requests} requests to it:");
            await AskAsync(url, cancellationToken);
            Console.Out.WriteLine($"Ask it yourself: curl {url}");
            if (!isOnce)
            {
                Console.Out.WriteLine("Ctrl-C ends the sample and deletes the load balancer.");
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // That is how it is ended.
        }
        finally
        {
            await calls.SendAsync("DeleteLoadBalancer", [("LoadBalancerName", Name)], CancellationToken.None);
        }
    }

    private static async Task MakeAsync(SignedCalls calls, RunningServer server, int instancePort, CancellationToken cancellationToken)
    {
        // One that was left by a command that was killed has the port of sample servers that are gone.
        await calls.SendAsync("DeleteLoadBalancer", [("LoadBalancerName", Name)], cancellationToken);
        await calls.SendAsync(
            "CreateLoadBalancer",
            [
                ("LoadBalancerName", Name), ("AvailabilityZones.member.1", server.Zone ?? $"{server.Region}a"),
                ("Listeners.member.1.Protocol", "HTTP"),
                ("Listeners.member.1.LoadBalancerPort", $"{Port}"), ("Listeners.member.1.InstanceProtocol", "HTTP"),
                ("Listeners.member.1.InstancePort", $"{instancePort}"),
            ],
            cancellationToken);
        await calls.SendAsync(
            "RegisterInstancesWithLoadBalancer",
            SampleServers.Addresses.Select(
                (address, index) => ($"Instances.member.{index + 1}.InstanceId", $"{address}")).Prepend(("LoadBalancerName", Name)),
            cancellationToken);
    }

    private static async Task<LoadBalancerStatus> InServiceAsync(
        ControlClient control, RunningServer server, CancellationToken cancellationToken)
    {
        var clock = TimeProvider.System;
        for (var started = clock.GetTimestamp(); ;)
        {
            var status = (
                await control.GetLoadBalancersAsync(Name, cancellationToken)).FirstOrDefault(found => found.Region == server.Region);
            if (status is { Instances.Count: > 0 } && status.Instances.All(instance => instance.State == "InService"))
            {
                return status;
            }

            if ((
                status?.Fault
                    ?? status?.Listeners.Select(listener => listener.Fault).FirstOrDefault(fault => fault is not null)) is { } reason)
            {
                throw new CommandException($"The load balancer is not served: {reason}");
            }

            if (clock.GetElapsedTime(started) > Patience)
            {
                throw new CommandException(
                    $"The sample web servers are not in service after {Patience.TotalSeconds:0} seconds; 'cloudlb explain {Name} " +
                    $"{SampleServers.Addresses[0]}' says why.");
            }

            await Task.Delay(Pause, clock, cancellationToken);
        }
    }

    /// <summary>A connection for each request, so that both servers get their turn.</summary>
    private static async Task AskAsync(Uri url, CancellationToken cancellationToken)
    {
        for (var request = 0; request < Requests; request++)
        {
            using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
            Console.Out.WriteLine($"  {Printable.Of((await http.GetStringAsync(url, cancellationToken)).TrimEnd())}");
        }
    }
}
