using System.CommandLine;
using CloudLb.Cli.Control;
using CloudLb.Cli.Migration;
using CloudLb.Cli.Migration.Making;
using CloudLb.Cli.Migration.Planning;
using CloudLb.Cli.Migration.Reading;

namespace CloudLb.Cli.Commands;

/// <summary>
/// <c>cloudlb import</c>: makes here what the describe actions of another ELB have printed, after a look at what will differ.
/// </summary>
internal static class ImportCommand
{
    public static Command Create(Func<EffectiveSettings> settings, Func<int, string?> socketOf)
    {
        var paths = new Argument<string[]>("path")
        {
            Arity = ArgumentArity.OneOrMore,
            Description = "Files, or folders of them: what 'aws elb describe-…' and 'aws elbv2 describe-…' have printed, " +
                "'eulb-describe-lbs --show-long', or 'cloudlb export --format json'.",
        };
        var apply = new Option<bool>("--apply") { Description = "Make it. Without, it is only told what would be made and what differs." };
        var map = new Option<string[]>("--map")
        {
            Description = "OLD=NEW: another id, ARN, address or name for one of the source, wherever it stands; once for each.",
        };
        var names = new Option<string[]>("--name") { Description = "Only the load balancer or target group of that name; once for each." };
        var key = KeyOption.Create();
        var region = new Option<string?>("--region") { Description = "Where it is made; in the server's first region otherwise." };
        var command = new Command(
            "import", "Make the load balancers here that the describe actions of AWS, Eucalyptus or another CloudLb have printed.")
        {
            paths, apply, map, names, region, key,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (read, notes) = Read(parsed.GetValue(paths)!, IdMap.Read(parsed.GetValue(map) ?? []));
            var source = read.Only(parsed.GetValue(names) ?? []);
            if (source.IsEmpty)
            {
                throw new CommandException("There is no load balancer or target group in what was given.", ExitCodes.NotFound);
            }

            var effective = settings();
            using var control = new ControlClient(effective.ControlSocket);
            var server = KeyOption.Server(
                await control.GetServerAsync(cancellationToken), parsed.GetValue(region), parsed.GetValue(key));
            using var calls = new ApiCalls(server);
            var surroundings = await SurroundingsReader.ReadAsync(calls, source, cancellationToken);
            var builder = new EstateBuilder();
            builder.AddAll(await new EstateReader(calls).ReadAsync(cancellationToken));
            var plan = Planner.Plan(source, builder.Build(), surroundings);
            DnsNotes.Add(plan, source, builder.Build());
            foreach (var note in notes)
            {
                plan.Miss(note);
            }

            return parsed.GetValue(apply)
                ? await ImportReport.ApplyAsync(plan, calls, cancellationToken)
                : ImportReport.Tell(
                    plan,
                    await ImportReport.TryAsync(
                        () => Rehearsal.RunAsync(source, surroundings, effective, server.Region, socketOf, cancellationToken)));
        });
        return command;
    }

    private static (Estate Source, IReadOnlyList<string> Notes) Read(IReadOnlyList<string> paths, IReadOnlyDictionary<string, string> map)
    {
        var builder = new EstateBuilder();
        builder.AddAll(ExportFiles.Read(paths).Select(
            document => document with { Content = Wire.Replaced(document.Content, map)!.AsObject() }));
        return (builder.Build(), builder.Notes);
    }
}
