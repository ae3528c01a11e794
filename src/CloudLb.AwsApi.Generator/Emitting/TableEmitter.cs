using CloudLb.AwsApi.Generator.Model;

namespace CloudLb.AwsApi.Generator.Emitting;

/// <summary>Writes the class that names every operation of the service, with its wrapper and its errors.</summary>
internal sealed class TableEmitter(ErrorEmitter errors)
{
    public void Emit(SourceText text, string className, ServiceModel model)
    {
        text
            .Line($"/// <summary>The operations of {model.ServiceId}, version {model.Version}.</summary>")
            .Line($"public static class {className}")
            .Open();
        foreach (var operation in model.Operations)
        {
            EmitOperation(text, operation);
        }

        text.Line("/// <summary>The whole API.</summary>")
            .Line("public static ServiceContract Service { get; } = new()").Open()
            .Line($"Version = \"{model.Version}\",")
            .Line($"XmlNamespace = \"{model.XmlNamespace}\",")
            .Line($"SigningName = \"{model.SigningName}\",")
            .Line($"Protocols = [{string.Join(", ", model.Protocols.Select(name => $"WireProtocol.{name}"))}],");
        if (model.TargetPrefix is { } prefix)
        {
            text.Line($"TargetPrefix = \"{prefix}\",");
        }

        if (model.IsQueryCompatible)
        {
            text.Line("IsQueryCompatible = true,");
        }

        if (model.Errors.Count > 0)
        {
            text.Line($"Errors = {errors.All},");
        }

        text
            .Line("Operations =")
            .Line("[");
        foreach (var operation in model.Operations)
        {
            text.Line($"    {operation.Name},");
        }

        text.Line("],").Close("};").Close();
    }

    private void EmitOperation(SourceText text, OperationModel operation)
    {
        text.Line($"/// <summary>The operation <c>{operation.Name}</c>.</summary>")
            .Line($"public static OperationContract<{operation.Name}Request, {operation.Name}Response> {operation.Name} {{ get; }} =")
            .Line($"    new(\"{operation.Name}\", \"{operation.ResultWrapper}\",");
        if (operation.Errors.Count == 0)
        {
            text.Line("    []);").Line();
            return;
        }

        text.Line("    [");
        foreach (var error in operation.Errors)
        {
            text.Line($"        {errors.Reference(error)},");
        }

        text.Line("    ]);").Line();
    }
}
