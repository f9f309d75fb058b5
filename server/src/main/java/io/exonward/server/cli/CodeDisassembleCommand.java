package io.exonward.server.cli;

import io.exonward.common.elf.ElfFile;
import io.exonward.common.elf.ElfImage;
import io.exonward.common.elf.ElfReader;
import io.exonward.common.gene.FunctionGenes;
import io.exonward.common.gene.GeneSet;
import io.exonward.common.gene.decode.Disassembler;
import io.exonward.server.cli.client.Answer;
import io.exonward.server.cli.client.ExitCode;
import io.exonward.server.cli.client.Failure;
import io.exonward.server.cli.client.Json;
import io.exonward.server.cli.gene.GeneWork;
import io.exonward.server.cli.print.Sheet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code exonctl code disassemble}. */
final class CodeDisassembleCommand {
  private final Invocation invocation;
  private final PositionalParamSpec file = Arguments.operand(0, "FILE", "An ELF file");
  private final OptionSpec function =
      Arguments.requiredOption(
          "--function", "F", "Its name, or its address: 0x and hexadecimal digits");

  CodeDisassembleCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  CommandSpec spec() {
    return Verbs.verb("disassemble", "The instructions of one function", this::run, file, function);
  }

  private void run() {
    Path path = GeneArguments.existing(Arguments.required(file));
    GeneSet genes = genes(path);
    FunctionGenes wanted = find(genes, Arguments.required(function));
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(path);
    } catch (IOException e) {
      throw new Failure(ExitCode.REFUSED, path + ": " + e.getMessage(), e);
    }
    ElfImage image =
        switch (ElfReader.read(bytes, 1)) {
          case ElfFile.Mapped mapped -> mapped.image();
          case ElfFile.Unreadable unreadable ->
              throw new Failure(ExitCode.REFUSED, path + ": " + unreadable.reason());
        };
    ObjectNode json = listing(bytes, image, wanted);
    invocation
        .printer()
        .show(
            new Answer(json.toString(), json),
            it -> Json.textOr("-", it, "address"),
            CodeDisassembleCommand::sheet);
  }

  private GeneSet genes(Path path) {
    List<GeneWork.Done<GeneSet>> found = new ArrayList<>();
    GeneArguments.work(invocation, "read").run(List.of(path), Function.identity(), found::add);
    if (found.size() != 1) {
      throw new Failure(ExitCode.REFUSED, path + " is not one file with code");
    }
    return found.getFirst().result();
  }

  private static FunctionGenes find(GeneSet genes, String wanted) {
    return genes.functions().stream()
        .filter(function ->
            wanted.equals(function.name())
                || wanted.equalsIgnoreCase(GeneView.address(function.address())))
        .findFirst()
        .orElseThrow(() ->
            new Failure(
                ExitCode.NOT_FOUND,
                "no function %s; exonctl code analyze --functions lists them".formatted(wanted)));
  }

  private static ObjectNode listing(byte[] bytes, ElfImage image, FunctionGenes function) {
    ObjectNode json =
        Json.object()
            .put("address", GeneView.address(function.address()))
            .put("size", function.sizeBytes())
            .put("name", function.name());
    ArrayNode instructions = json.putArray("instructions");
    Disassembler disassembler = new Disassembler(image.architecture());
    int start = image.offsetOf(function.address());
    int end = start + function.sizeBytes();
    int at = start;
    while (at < end) {
      long address = function.address() + (at - start);
      String text = disassembler.text(bytes, at, end, address);
      instructions.addObject().put("address", GeneView.address(address)).put("text", text);
      at += Math.max(1, disassembler.length());
    }
    return json;
  }

  private static Sheet sheet(JsonNode json) {
    Sheet sheet =
        new Sheet()
            .section(
                "%s %s, %s bytes"
                    .formatted(
                        Json.textOr("-", json, "address"),
                        Json.textOr("without a name", json, "name"),
                        Json.textOr("-", json, "size")));
    for (JsonNode instruction : Json.items(json, "instructions")) {
      sheet.line(
          Json.textOr("-", instruction, "address") + "  " + Json.textOr("-", instruction, "text"));
    }
    return sheet;
  }
}
