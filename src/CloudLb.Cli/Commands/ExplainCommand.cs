using System.CommandLine;
using System.Text.Json;
using CloudLb.Cli.Control;

namespace CloudLb.Cli.Commands;

/// <summary>
/// <c>cloudlb explain NAME INSTANCE</c>: why an instance is not in service, and what to do; with <c>--request</c> in its place, where a
/// request would go, and why.
/// </summary>
internal static class ExplainCommand
{
    private const int InService = 0;

    public static Command Create(Func<EffectiveSettings> settings)
    {
        var name = new Argument<string>("name") { Description = "The load balancer's name." };
        var instance = new Argument<string?>("instance")
        {
            Description = "The instance's id, as it was or would be registered.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var request = new Option<string?>("--request")
        {
            Description = "Instead of an instance: the request that it is about, as 'GET https://host/path'.",
        };
        var header = new Option<string[]>("--header") { Description = "A header of that request, as 'Name: value'; any number of them." };
        var source = new Option<string>("--source")
        {
            Description = "The address of the client.",
            DefaultValueFactory = _ => "127.0.0.1",
        };
        var account = new Option<string?>("--account") { Description = "Only of this account." };
        var region = new Option<string?>("--region") { Description = "Only of this region." };
        var output = new Option<string>("--output", "-o") { Description = "text or json.", DefaultValueFactory = _ => "text" };
        output.AcceptOnlyFromAmong("text", "json");
        var command = new Command(
            "explain", "Tell why an instance of a load balancer is not in service, and what to do, or with --request " +
            "which rule a request would meet, and which target group. " +
            "Ends with 0 when it takes new requests, or the request would be answered, 1 when not, 2 after wrong use, 3 when there is no " +
            "such load balancer or instance, 4 without a server, 5 else.")
        {
            name, instance, account, region, output, request, header, source,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(instance) is null == result.GetValue(request) is null)
            {
                result.AddError("Name either an instance or, with --request, a request.");
            }
        });
        command.SetAction((parsed, cancellationToken) => ToldApartAsync(async () =>
        {
            using var control = new ControlClient(settings().ControlSocket);
            var ofName = await control.GetLoadBalancersAsync(parsed.GetValue(name)!, cancellationToken);
            var found = NamedLoadBalancer.Single(ofName, parsed.GetValue(name)!, parsed.GetValue(account), parsed.GetValue(region));
            if (parsed.GetValue(request) is { } text)
            {
                var asked = AskedRequest.Read(text, parsed.GetValue(header) ?? [], parsed.GetValue(source)!);
                return await FollowAsync(control, found, asked, parsed.GetValue(output) == "json", cancellationToken);
            }

            var explanation = await control.ExplainAsync(
                found.Account, found.Region, found.Name, parsed.GetValue(instance)!, cancellationToken)
                ?? throw new CommandException($"There is no load balancer named '{found.Name}'.", ExitCodes.NotFound);
            if (parsed.GetValue(output) == "json")
            {
                Console.Out.WriteLine(JsonSerializer.Serialize(explanation, ControlClient.Json));
            }
            else
            {
                Print(explanation);
            }

            return explanation.Cause switch
            {
                _ when explanation.IsInService => InService,
                InstanceCause.NotRegistered => ExitCodes.NotFound,
                _ => ExitCodes.Failed,
            };
        }));
        return command;
    }

    private static async Task<int> FollowAsync(
        ControlClient control, LoadBalancerStatus found, AskedRequest request, bool isJson, CancellationToken cancellationToken)
    {
        var explanation = await control.FollowAsync(found, request, cancellationToken)
            ?? throw new CommandException($"The load balancer '{found.Name}' has no rules that requests could meet.", ExitCodes.NotFound);
        if (isJson)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(explanation, ControlClient.Json));
        }
        else
        {
            Console.Out.WriteLine(Printable.Of(explanation.Summary));
            Print("Why:", explanation.Reasons);
        }

        return explanation.IsAnswered ? InService : ExitCodes.Failed;
    }

    /// <summary>An error of any other kind must not look like an instance that takes no requests.</summary>
    private static async Task<int> ToldApartAsync(Func<Task<int>> explain)
    {
        try
        {
            return await explain();
        }
        catch (CommandException exception) when (exception.ExitCode == ExitCodes.Failed)
        {
            throw new CommandException(exception.Message, ExitCodes.CannotTell);
        }
    }

    private static void Print(InstanceExplanation explanation)
    {
        Console.Out.WriteLine(Printable.Of(explanation.Summary));
        Print("Why:", explanation.Reasons);
        Print("What to do:", explanation.Advice);
    }

    private static void Print(string heading, IReadOnlyList<string> sentences)
    {
        if (sentences.Count > 0)
        {
            Console.Out.WriteLine($"\n{heading}");
            foreach (var sentence in sentences)
            {
                Console.Out.WriteLine($"  - {Printable.Of(sentence)}");
            }
        }
    }
}
