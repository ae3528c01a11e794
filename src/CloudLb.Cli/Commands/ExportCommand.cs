using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CloudLb.Cli.Control;
using CloudLb.Cli.Migration;
using CloudLb.Cli.Migration.Planning;
using CloudLb.Cli.Migration.Printing;
using CloudLb.Cli.Migration.Reading;

namespace CloudLb.Cli.Commands;

/// <summary><c>cloudlb export</c>: prints what there is in a form that other programs make it from.</summary>
internal static class ExportCommand
{
    private const string Terraform = "terraform", Aws = "aws", Json = "json";

    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static Command Create(Func<EffectiveSettings> settings)
    {
        var names = new Argument<string[]>("name")
        {
            Arity = ArgumentArity.ZeroOrMore,
            Description = "Only the load balancers and target groups of these names, with what belongs to them; all otherwise.",
        };
        var format = new Option<string>("--format")
        {
            Required = true,
            Description = "terraform: resources of the AWS provider with import blocks. aws: a shell script for the AWS CLI. json: the " +
                "answers of the describe actions, for 'cloudlb import'.",
        };
        format.AcceptOnlyFromAmong(Terraform, Aws, Json);
        var fresh = new Option<bool>("--new")
        {
            Description = "With terraform: no import blocks, to make it elsewhere, and all policies.",
        };
        var key = KeyOption.Create();
        var region = new Option<string?>("--region") { Description = "Of which region; the server's first otherwise." };
        var command = new Command("export", "Print what there is as Terraform, as AWS CLI commands, or for 'cloudlb import'.")
        {
            names, format, fresh, region, key,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var control = new ControlClient(settings().ControlSocket);
            var server = KeyOption.Server(
                await control.GetServerAsync(cancellationToken), parsed.GetValue(region), parsed.GetValue(key));
            using var calls = new ApiCalls(server);
            var documents = await new EstateReader(calls).ReadAsync(cancellationToken);
            Console.Out.Write(Text(documents, parsed.GetValue(names)!, parsed.GetValue(format)!, parsed.GetValue(fresh)));
        });
        return command;
    }

    private static string Script(Estate estate)
    {
        var secrets = new ClientSecretMarks();
        return ShellCommands.Of(Planner.Plan(estate, new(), Surroundings.Unknown with { ClientSecret = secrets.Of }), secrets);
    }

    private static string Text(IReadOnlyList<ReadDocument> documents, IReadOnlyCollection<string> names, string format, bool isNew)
    {
        var builder = new EstateBuilder();
        builder.AddAll(documents);
        var all = builder.Build();
        if (names.FirstOrDefault(name => all.Only([name]).IsEmpty) is { } unknown)
        {
            throw new CommandException($"There is no load balancer or target group named '{unknown}'.", ExitCodes.NotFound);
        }

        var estate = all.Only(names);
        return format switch
        {
            Terraform => TerraformText.Of(estate, isImport: !isNew),
            Aws => Script(estate),
            _ when names.Count > 0 => throw new CommandException(
                "JSON is of all there is; 'cloudlb import --name' chooses.", ExitCodes.WrongUse),
            _ => new JsonArray([.. documents.Select(document => document.Content.DeepClone())]).ToJsonString(Readable) + "\n",
        };
    }
}
