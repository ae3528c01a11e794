using System.Net.Sockets;
using System.Text;
using System.Xml.Linq;
using CloudLb.Core;
using CloudLb.Tests.Clients.Faults;
using CloudLb.Tests.Clients.Harness;
using FsCheck;
using FsCheck.Fluent;

namespace CloudLb.Tests.Clients.Hostile;

/// <summary>
/// Any of the 29 actions with any values, sent to the real server: nothing but answers in AWS's form, and what runs goes on unharmed.
/// </summary>
public sealed class HostileCallTests
{
    private const string Canary = "canary";

    /// <summary>Where <c>show stat</c> says whether a listener accepts; one that was removed at run time is paused.</summary>
    private const int Status = 17;

    private static readonly Config Runs = Config.QuickThrowOnFailure.WithMaxTest(600);

    /// <summary>Calls whose parameters are mostly sensible, so that they come far, and hostile in one place or another.</summary>
    private static readonly Gen<string> Calls =
        from action in Gen.Elements(ModelParameters.OfElasticLoadBalancing.Keys.ToArray())
        from parameters in Gen.CollectToList(ModelParameters.OfElasticLoadBalancing[action], Parameter)
        select $"Action={action}{string.Concat(parameters)}";

    [Fact]
    public async Task Nothing_but_answers_in_AWS_s_form_and_what_runs_goes_on()
    {
        var token = TestContext.Current.CancellationToken;
        await using var server = await CloudLbProcess.StartAsync(token);
        await using var backend = await Backend.StartAsync(token);
        var api = new ElbApi(server.Url);
        await api.ServeAsync(Canary, backend, token);

        Check.One(
            Runs,
            Prop.ForAll(
                Calls.ToArbitrary(), call =>
                    HasAwsForm(api.SendAsync($"{call}&Version=2012-06-01", token).GetAwaiter().GetResult(), call)));

        Assert.DoesNotContain("InternalFailure", server.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(
            server.Output.Split('\n'),
            line => line.Contains(" fail: ", StringComparison.Ordinal) || line.Contains(" crit: ", StringComparison.Ordinal));
        Assert.Equal(("InService", "N/A"), await api.HealthAsync(Canary, backend.Address, token));
        using var http = new HttpClient();
        Assert.Equal(backend.Address, await http.GetStringAsync(await server.TrafficUrlAsync(Canary, token), token));
        await Wait.ForAsync(() => ProxiesAsync(server, token), proxies => proxies.Told.SetEquals(proxies.Run), token);
    }

    /// <summary>The listeners that the server says it serves, and those that HAProxy says it has.</summary>
    private static async Task<(HashSet<string> Told, HashSet<string> Run)> ProxiesAsync(
        CloudLbProcess server, CancellationToken cancellationToken)
    {
        using var control = new Cli.Control.ControlClient(Path.Combine(SocketDirectory.For(server.DataDirectory), "control.sock"));
        var told = (await control.GetLoadBalancersAsync(cancellationToken))
            .Where(status => status.Fault is null)
            .SelectMany(status => status.Listeners
            .Where(listener => listener.Fault is null)
            .Select(listener => $"{status.Account}:{status.Region}:{status.Name}:{listener.LoadBalancerPort}"));
        var sockets = Directory.EnumerateFiles(
            SocketDirectory.For(Path.Combine(server.DataDirectory, "haproxy")), "*.sock").Where(
                socket => char.IsAsciiDigit(Path.GetFileName(socket)[0]));
        var newest = sockets.MaxBy(socket => int.Parse(Path.GetFileName(socket).Split('.')[1]))!;
        using var asked = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await asked.ConnectAsync(new UnixDomainSocketEndPoint(newest), cancellationToken);
        await asked.SendAsync(Encoding.ASCII.GetBytes("show stat -1 1 -1\n"), cancellationToken);
        using var reader = new StreamReader(new NetworkStream(asked));
        var run = (await reader.ReadToEndAsync(cancellationToken)).Split('\n')
            .Select(line => line.Split(','))
            .Where(fields => fields.Length > Status && fields[1] == "FRONTEND" && fields[Status] == "OPEN")
            .Select(fields => fields[0])
            .Where(name => name != RunningHAProxy.TakesWhatIsPassedOn);
        return ([.. told], [.. run]);
    }

    private static void HasAwsForm(ElbApi.Answer answer, string call)
    {
        var xml = XDocument.Parse(answer.Body).Root!;
        if (answer.Status == 200)
        {
            Assert.EndsWith("Response", xml.Name.LocalName, StringComparison.Ordinal);
            return;
        }

        Assert.True(answer.Status is >= 400 and < 500, $"{call} was answered {answer.Status}: {answer.Body}");
        Assert.Equal("ErrorResponse", xml.Name.LocalName);
        Assert.False(string.IsNullOrEmpty(answer.Code) || answer.Message is null || answer.RequestId is null, answer.Body);
    }

    private static Gen<string> Parameter(string name)
    {
        var hostile = HostileValues.Of(ParameterValues.HostileOf(name));
        var value = ParameterValues.SaneOf(name) is { Length: > 0 } sane ? Gen.Frequency((5, Gen.Elements(sane)), (1, hostile)) : hostile;
        return Gen.Frequency(
            (6, value.Select(text => $"&{name}={ParameterValues.Escape(text)}")), (1, Gen.Constant("")),
            (1, value.Select(text => $"&{name}.member.1={ParameterValues.Escape(text)}")));
    }
}
